import { BarController, BarElement, CategoryScale, Chart as ChartJs, Legend, LinearScale, Tooltip } from 'chart.js';
import { useEffect, useId, useRef } from 'react';
import { formatRupees, type Paise } from '../../shared/kernel/money.ts';
import { useText } from '../i18n/text.ts';
import { usePreferences } from '../state/preferences.ts';
import { useSystemIsDark } from './use-media.ts';
import './chart.css';
import { Money } from './figures.tsx';

ChartJs.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip, Legend);

export interface Series {
  readonly label: string;
  /** One amount for each label. */
  readonly values: readonly Paise[];
}

interface Props {
  readonly title: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  readonly stacked?: boolean;
}

/** Only for the height of a bar: figures that people read are formatted from the exact paise. */
const barLength = (paise: Paise): number => Number(paise / 100n);
const inLakh = (rupees: number): string =>
  rupees >= 1e7 ? `${rupees / 1e7} Cr` : rupees >= 1e5 ? `${rupees / 1e5} L` : rupees.toLocaleString('en-IN');

const colour = (name: string): string => {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

/** Bars where looking beats reading; the exact figures stand in a table that opens below. */
export function Chart({ title, labels, series, stacked = false }: Props) {
  const text = useText();
  const theme = usePreferences((preferences) => preferences.theme);
  const systemIsDark = useSystemIsDark();
  const canvas = useRef<HTMLCanvasElement>(null);
  const titleId = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the colours resolve to.
  useEffect(() => {
    if (canvas.current === null) return;
    const muted = colour('--text-muted');
    const chart = new ChartJs(canvas.current, {
      type: 'bar',
      data: {
        labels: [...labels],
        datasets: series.map((one, index) => ({
          label: one.label,
          data: one.values.map(barLength),
          backgroundColor: colour(`--chart-${(index % 4) + 1}`),
          borderRadius: 3,
          maxBarThickness: 36,
        })),
      },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        scales: {
          x: { stacked, grid: { display: false }, ticks: { color: muted } },
          y: {
            stacked,
            beginAtZero: true,
            grid: { color: colour('--line') },
            border: { display: false },
            ticks: { color: muted, callback: (value) => inLakh(Number(value)), maxTicksLimit: 6 },
          },
        },
        plugins: {
          legend: { display: series.length > 1, labels: { color: colour('--text'), boxWidth: 12, boxHeight: 12 } },
          tooltip: {
            callbacks: {
              label: (item) => {
                const paise = series[item.datasetIndex]?.values[item.dataIndex] ?? 0n;
                return `${item.dataset.label ?? ''} ${formatRupees(paise)}`;
              },
            },
          },
        },
      },
    });
    return () => chart.destroy();
  }, [labels, series, stacked, theme, systemIsDark]);

  return (
    <figure className="chart" aria-labelledby={titleId}>
      <figcaption id={titleId}>{title}</figcaption>
      <div className="chart-canvas">
        <canvas ref={canvas} role="img" aria-labelledby={titleId} />
      </div>
      <details>
        <summary>{text('chart.table')}</summary>
        <ChartTable title={title} labels={labels} series={series} />
      </details>
    </figure>
  );
}

function ChartTable({ title, labels, series }: Omit<Props, 'stacked'>) {
  return (
    <table className="plain-table">
      <caption className="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th aria-label={title} />
          {series.map((one) => (
            <th key={one.label} scope="col" className="number">
              {one.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {labels.map((label, index) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {series.map((one) => (
              <td key={one.label} className="number">
                <Money paise={one.values[index] ?? 0n} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
