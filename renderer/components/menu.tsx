import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import './menu.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
  /** Shows a tick when true; makes it a choice rather than a deed. */
  readonly checked?: boolean;
  /** Several can be ticked: the menu stays open. */
  readonly stays?: boolean;
  run(): void;
}

interface Props {
  /** The button that opens it; must take a ref and props (Button, IconButton). */
  readonly trigger: ReactNode;
  readonly groups: readonly { readonly title?: string; readonly items: readonly MenuItem[] }[];
  readonly align?: 'start' | 'end';
}

/** Not modal: the modal form of the library would add a style element, which the content policy refuses. */
export function Menu({ trigger, groups, align = 'start' }: Props) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
          {groups.map((group, index) => (
            <DropdownMenu.Group key={group.title ?? group.items[0]?.id ?? index} className="menu-group">
              {group.title !== undefined && (
                <DropdownMenu.Label className="menu-title muted small">{group.title}</DropdownMenu.Label>
              )}
              {group.items.map((item) => (
                <MenuRow key={item.id} item={item} />
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuRow({ item }: { readonly item: MenuItem }) {
  const select = (event: Event): void => {
    if (item.stays === true) event.preventDefault();
    item.run();
  };
  const content = (
    <>
      <span className="menu-tick">{item.checked === true && <Check size={14} aria-hidden="true" />}</span>
      <span>{item.label}</span>
      {item.note !== undefined && <span className="muted small push">{item.note}</span>}
    </>
  );
  return item.checked === undefined ? (
    <DropdownMenu.Item className="menu-item" onSelect={select}>
      {content}
    </DropdownMenu.Item>
  ) : (
    <DropdownMenu.CheckboxItem className="menu-item" checked={item.checked} onSelect={select}>
      {content}
    </DropdownMenu.CheckboxItem>
  );
}
