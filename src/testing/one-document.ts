// One rendered document of a spec given as text, and its lines.
import { documentTarget } from '../targets/document/document-target.ts';
import { brokerNamed, checkText } from './load-model.ts';
import { ownRenderer } from './own-templates.ts';

const render = ownRenderer();

/** Renders one file of a spec's document. Throws when the spec or the file is none. */
export function documentOf(text: string, path = 'ARCHITECTURE.md'): string {
  const { model } = checkText(text);
  if (model === null) throw new Error('no model');
  const found = [
    ...documentTarget.emit(model, {
      render,
      broker: brokerNamed(model.broker.kind),
      findings: [],
      toolVersion: '0.0.0',
    }),
  ].find((artifact) => artifact.path === path);
  if (found === undefined) throw new Error(`no ${path}`);
  return found.content;
}

/** Gives the first line with a part; empty for none. */
export const lineWith = (text: string, part: string): string =>
  text.split('\n').find((line) => line.includes(part)) ?? '';

/** A small spec for a broker, and more lines of it. */
export const hello = (broker: string, more = ''): string => `eventArch: 1
name: Hello
broker: ${broker}
events:
  order.created: { key: orderId, payload: { orderId: uuid } }
publishers:
  orders: [order.created]
consumers:
  inventory: [order.created]
${more}`;
