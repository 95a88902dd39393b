import { useLocation } from 'wouter';
import { useWide } from '../../components/use-wide.ts';
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
  if (detail === null) return <ExpenseList openId={null} narrow={false} />;
  if (!wide) return detail;
  return (
    <div className="side-by-side">
      <ExpenseList openId={id ?? null} narrow />
      <section className="side-detail">{detail}</section>
    </div>
  );
}
