// A Grafana dashboard as data: firing alerts, then the panels by section, two abreast.
import type { Panel } from '../../brokers/monitoring.ts';
import { promqlText } from '../../brokers/promql.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { printed } from './alert-text.ts';
import type { Watch } from './watch.ts';

const width = 12;
const height = 8;
const sections = ['flow', 'broker', 'services'] as const;

// Chosen on the dashboard, so that the file names no data source of anybody's Grafana.
const datasource = { type: 'prometheus', uid: '${datasource}' };

/** Builds the dashboard. Schema version 39 is that of Grafana 11; later ones read it. */
export function dashboard(watch: Watch): JsonValue {
  const { model, brokerTitle, system } = watch;
  return {
    uid: `ea-${system}`.slice(0, 40),
    title: `${model.name}: ${brokerTitle}`,
    description: watch.heading,
    tags: ['event-arch', system],
    timezone: 'utc',
    schemaVersion: 39,
    version: 1,
    editable: true,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    annotations: { list: [] },
    templating: { list: variables(watch) },
    panels: panels(watch),
  };
}

function variables({ words, system }: Watch): readonly JsonObject[] {
  const labelValues = (name: string, metric: string): JsonObject => {
    const query = `label_values(${metric}, ${name})`;
    return {
      name,
      label: printed(words, `variable.${name}`),
      type: 'query',
      datasource,
      query: { query, refId: name },
      definition: query,
      refresh: 2,
      sort: 1,
      includeAll: true,
      multi: true,
      allValue: '.*',
      current: { selected: true, text: ['All'], value: ['$__all'] },
    };
  };
  const own = `{system=${promqlText(system)}}`;
  return [
    {
      name: 'datasource',
      label: printed(words, 'variable.datasource'),
      type: 'datasource',
      query: 'prometheus',
      refresh: 1,
    },
    labelValues('environment', `event_arch:group_lag:events${own}`),
    labelValues(
      'group',
      `event_arch:group_lag:events{system=${promqlText(system)},environment=~"$environment"}`,
    ),
  ];
}

function panels(watch: Watch): readonly JsonObject[] {
  const placed: JsonObject[] = [];
  let y = 0;
  const place = (panel: JsonObject, at: JsonObject): void => {
    placed.push({ id: placed.length + 1, ...panel, gridPos: at });
  };
  place(firing(watch), { h: height, w: 2 * width, x: 0, y });
  y += height;
  for (const section of sections) {
    const own = watch.panels.filter((panel) => panel.section === section);
    if (own.length === 0) continue;
    const title = printed(watch.words, `section.${section}`);
    place(
      { type: 'row', title, collapsed: false, panels: [] },
      { h: 1, w: 2 * width, x: 0, y },
    );
    y += 1;
    own.forEach((panel, index) => {
      const x = (index % 2) * width;
      place(timeSeries(watch, panel), { h: height, w: width, x, y });
      if (x > 0 || index === own.length - 1) y += height;
    });
  }
  return placed;
}

function firing({ words, system }: Watch): JsonObject {
  return {
    type: 'table',
    title: printed(words, 'panel.firing'),
    description: printed(words, 'panel.firing.about'),
    datasource,
    fieldConfig: { defaults: {}, overrides: [] },
    options: { showHeader: true },
    targets: [
      {
        refId: 'A',
        datasource,
        expr: `ALERTS{alertstate="firing",system=${promqlText(system)},environment=~"$environment"}`,
        format: 'table',
        instant: true,
      },
    ],
  };
}

function timeSeries({ words }: Watch, panel: Panel): JsonObject {
  return {
    type: 'timeseries',
    title: printed(words, `panel.${panel.key}`),
    description: printed(words, `panel.${panel.key}.about`),
    datasource,
    fieldConfig: {
      defaults: { unit: panel.unit, min: 0, custom: { fillOpacity: 10 } },
      overrides: [],
    },
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    targets: panel.queries.map(({ expression, legend }, index) => ({
      // Letters, as Grafana gives them; no panel has 26 queries.
      refId: String.fromCodePoint(65 + index),
      datasource,
      expr: expression,
      legendFormat: legend,
    })),
  };
}
