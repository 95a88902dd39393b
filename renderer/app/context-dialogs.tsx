import { Command } from 'cmdk';
import type { Session } from '../../shared/ipc/contract/session.ts';
import { Dialog } from '../components/dialog.tsx';
import { useText } from '../i18n/text.ts';
import { useScope } from '../state/scope.ts';

interface Props {
  readonly session: Session;
  onClose(): void;
}

export function CollegeDialog({ session, onClose }: Props) {
  const text = useText();
  const setCollege = useScope((scope) => scope.setCollege);
  const options = [
    { value: '', label: text('college.all'), note: '' },
    ...session.colleges.map((college) => ({ value: college.id, label: college.name, note: college.code })),
  ];
  return (
    <ChoiceDialog
      title={text('college.switch')}
      options={options}
      onClose={onClose}
      onChoose={(value) => setCollege(value === '' ? null : value)}
    />
  );
}

export function YearDialog({ session, onClose }: Props) {
  const text = useText();
  const setYear = useScope((scope) => scope.setYear);
  return (
    <ChoiceDialog
      title={text('year.switch')}
      options={session.financialYears.map((year) => ({ value: year, label: text('year.label', { year }), note: '' }))}
      onClose={onClose}
      onChoose={setYear}
    />
  );
}

interface ChoiceProps {
  readonly title: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly note: string }[];
  onChoose(value: string): void;
  onClose(): void;
}

function ChoiceDialog({ title, options, onChoose, onClose }: ChoiceProps) {
  const text = useText();
  return (
    <Dialog title={title} onClose={onClose}>
      <Command label={title} className="palette" loop>
        <Command.Input className="palette-input" placeholder={text('palette.type')} autoFocus />
        <Command.List className="palette-list" label={title}>
          <Command.Empty className="palette-empty muted">{text('palette.nothing')}</Command.Empty>
          {options.map((option) => (
            <Command.Item
              key={option.value}
              value={`${option.label} ${option.note} ${option.value}`}
              className="palette-item"
              onSelect={() => {
                onChoose(option.value);
                onClose();
              }}
            >
              <span>{option.label}</span>
              <span className="muted small push">{option.note}</span>
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}
