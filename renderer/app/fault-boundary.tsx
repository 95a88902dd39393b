import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { ErrorPanel } from '../components/error-panel.tsx';
import { useText } from '../i18n/text.ts';

interface Props {
  readonly children: ReactNode;
}

/** A fault of a screen takes down only that screen, and says so. React offers this as a class alone. */
export class FaultBoundary extends Component<Props, { readonly fault: Error | null }> {
  override state: { readonly fault: Error | null } = { fault: null };

  static getDerivedStateFromError(fault: Error): { readonly fault: Error } {
    return { fault };
  }

  override componentDidCatch(fault: Error, info: ErrorInfo): void {
    console.error('screen fault', fault, info.componentStack);
  }

  override render(): ReactNode {
    if (this.state.fault === null) return this.props.children;
    return <Fault fault={this.state.fault} onAgain={() => this.setState({ fault: null })} />;
  }
}

function Fault({ fault, onAgain }: { readonly fault: Error; onAgain(): void }) {
  const text = useText();
  return (
    <div className="app-wait">
      <ErrorPanel error={fault} kept={text('fault.kept')} />
      <div className="line">
        <Button look="primary" onClick={onAgain}>
          {text('action.retry')}
        </Button>
        <Button onClick={() => window.location.reload()}>{text('fault.reload')}</Button>
      </div>
    </div>
  );
}
