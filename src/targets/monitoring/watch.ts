// Everything that one run prints about monitoring, gathered once: the broker's description and the services' own.
import type {
  AlertRule,
  Monitoring,
  ScrapeJob,
} from '../../brokers/monitoring.ts';
import { systemOf } from '../../brokers/alert-limits.ts';
import { matching, seriesOf, staying } from '../../brokers/promql.ts';
import { fill } from '../../core/catalogue.ts';
import { readablePath, type Pointer } from '../../core/pointer.ts';
import type { Model } from '../../model/model.ts';
import type { EmitContext } from '../target.ts';
import { serviceAlerts } from './service-alerts.ts';
import { servicePanels } from './service-panels.ts';

export interface Watch extends Monitoring {
  readonly model: Model;
  readonly brokerTitle: string;
  /** Tells several designs on one Prometheus apart. */
  readonly system: string;
  readonly words: Readonly<Record<string, string>>;
  readonly owners: ReadonlyMap<string, string>;
  /** Writes a place in the spec as people read it, once for all alerts that follow from it. */
  readonly pathTo: (origin: Pointer) => string;
  /** First line of every file that can hold one. */
  readonly heading: string;
}

/** The port of the services' `/metrics`. */
const servicePort = 8080;

/** Gathers rules, panels and scrapes of a model, and the words to print them in. */
export function watchModel(model: Model, context: EmitContext): Watch {
  const { recordings, alerts, panels, jobs } = context.broker.monitoring(model);
  const words = context.render.words('monitoring', model.locale);
  const services = model.services.filter(({ isExternal }) => !isExternal);
  const scrapes: readonly ScrapeJob[] = [
    ...jobs,
    {
      name: 'services',
      path: '/metrics',
      parameters: {},
      targets: () => services.map(({ name }) => `${name}:${servicePort}`),
    },
  ];
  return {
    model,
    brokerTitle: context.broker.title,
    system: systemOf(model),
    words,
    owners: new Map(
      model.services.flatMap(({ name, owner }) =>
        owner === null ? [] : [[name, owner] as const],
      ),
    ),
    pathTo: pathPrinter(),
    heading: fill(words['heading'] ?? '', {
      version: context.toolVersion,
      project: model.name,
    }),
    recordings,
    alerts: [
      ...alerts,
      ...serviceAlerts(model),
      ...scrapes.map(({ name }) => scrapeFails(model, name)),
    ],
    panels: [...panels, ...servicePanels(model)],
    jobs: scrapes,
  };
}

function pathPrinter(): Watch['pathTo'] {
  const paths = new Map<Pointer, string>();
  return (origin) => {
    const known = paths.get(origin);
    if (known !== undefined) return known;
    const path = readablePath(origin);
    paths.set(origin, path);
    return path;
  };
}

// Every other rule is silent without data, so missing data is an alert of its own.
function scrapeFails(model: Model, job: string): AlertRule {
  const labels = { environment: 'test', job, instance: 'a' };
  const up = (is: number): AlertRule['proof']['fires'] => [
    { series: seriesOf('up', labels), values: staying(is, 20) },
  ];
  return {
    name: 'ScrapeFails',
    severity: 'warning',
    subject: job,
    service: null,
    expression: `count by (environment) (up{${matching('job', [job])}} == 0) > 0`,
    limit: null,
    forMinutes: 5,
    threshold: { key: 'scrape', parameters: {} },
    origin: model.broker.origin,
    guide: 'on-call',
    proof: {
      fires: up(0),
      holds: up(1),
      atMinute: 8,
      labels: { environment: 'test' },
    },
  };
}
