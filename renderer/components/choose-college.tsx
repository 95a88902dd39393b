import { Building2 } from 'lucide-react';
import { useWork } from '../data/session.ts';
import { useScope } from '../state/scope.ts';
import { Button } from './button.tsx';
import { EmptyState } from './states.tsx';

interface Props {
  readonly title: string;
  readonly hint: string;
}

/** In the place of what is of one college only, while all of them are looked at: the colleges to choose from. */
export function ChooseCollege({ title, hint }: Props) {
  const { session } = useWork();
  const setCollege = useScope((scope) => scope.setCollege);
  return (
    <EmptyState icon={Building2} title={title} hint={hint}>
      {session.colleges.map((one) => (
        <Button key={one.id} onClick={() => setCollege(one.id)}>
          {one.name}
        </Button>
      ))}
    </EmptyState>
  );
}
