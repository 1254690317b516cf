// The first version of what people decide, as text: each field has one source.
import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { planCode } from '../../testing/generated-project.ts';
import { checkText, modelOf, readFixture } from '../../testing/load-model.ts';

const files = planCode(
  modelOf(checkText(readFixture('targets', 'code', 'shared-field-names.yaml'))),
);
const app = 'src/app/practice';

/** Gives what each case of a fold returns, without white space. */
function returned(path: string): readonly string[] {
  const content = files.get(path)?.content ?? '';
  return [...content.matchAll(/return ([^;]*);/g)].map(([, value = '']) =>
    value.replaceAll(/\s+/g, ''),
  );
}

describe('the first version of a fold', () => {
  it('takes from the payload what it carries, and from the event what it lacks', () => {
    expect(returned(`${app}/visits-projection.ts`)).toEqual([
      "{visitId:event.data.visitId,at:event.data.at,status:event.data.status,seen:event.time,outcome:'booked',}",
      "row&&{...row,outcome:event.data.outcome,status:'done'}",
    ]);
  });

  it('changes the key of no row', () => {
    expect(returned(`${app}/outcomes-projection.ts`)).toEqual([
      '{outcome:event.data.outcome,visitId:event.data.visitId,finishedAt:event.time,}',
      'row&&{...row,visitId:event.data.visitId}',
    ]);
  });

  it('writes no property of a literal twice', () => {
    const doubled: string[] = [];
    for (const [path, { content }] of files) {
      if (!path.endsWith('.ts')) continue;
      const visit = (node: ts.Node): void => {
        if (ts.isObjectLiteralExpression(node)) {
          const names = node.properties.flatMap(
            ({ name }) => name?.getText(source) ?? [],
          );
          if (new Set(names).size < names.length)
            doubled.push(`${path}: ${names.join()}`);
        }
        ts.forEachChild(node, visit);
      };
      const source = ts.createSourceFile(path, content, ts.ScriptTarget.ES2023);
      visit(source);
    }
    expect(doubled).toEqual([]);
  });
});
