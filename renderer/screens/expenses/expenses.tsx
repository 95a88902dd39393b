import { useLocation } from 'wouter';
import { useWide } from '../../components/use-media.ts';
import { ExpensePage } from '../expense/expense-page.tsx';
import { ExpenseForm } from '../expense-form/expense-form.tsx';
import { ExpenseList } from './expense-list.tsx';
import './expenses.css';

/** List and document side by side where there is room, one after the other elsewhere. */
export function Expenses() {
  const [location] = useLocation();
  const wide = useWide();
  const [, , id, action] = location.split('/');
  const detail =
    id === undefined || id === '' ? null : id === 'new' ? (
      <ExpenseForm key={`new ${action ?? ''}`} expenseId={null} sourceId={action ?? null} />
    ) : action === 'edit' ? (
      <ExpenseForm key={`edit ${id}`} expenseId={id} sourceId={null} />
    ) : (
      <ExpensePage key={id} id={id} />
    );
  if (!wide) return detail ?? <ExpenseList openId={null} narrow={false} />;
  // The list stays the same one while documents open and close beside it, and so do its focus and place.
  return (
    <div className={detail === null ? 'one-beside-none' : 'side-by-side'}>
      <ExpenseList openId={detail === null ? null : (id ?? null)} narrow={detail !== null} />
      {detail !== null && <section className="side-detail">{detail}</section>}
    </div>
  );
}
