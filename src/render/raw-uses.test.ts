import { expect, it } from 'vitest';
import { ownTemplates } from '../testing/own-templates.ts';
import { parsedTemplates } from './create-renderer.ts';

it('inserts raw text in these places of the templates only, each with its reason', () => {
  const raws = parsedTemplates(ownTemplates()).flatMap(({ raws }) => raws);
  expect(raws.map(({ template, name }) => `${template}: ${name}`)).toEqual([
    'code/app.ts.hbs: imports',
    'code/app.ts.hbs: body',
    'code/generated.ts.hbs: imports',
    'code/generated.ts.hbs: body',
    'diagrams/event-model.mmd.hbs: identifier',
    'diagrams/head.mmd.hbs: quotedTitle',
    'monitoring/README.en.md.hbs: guide',
    'monitoring/README.fr.md.hbs: guide',
  ]);
  expect(raws.filter(({ reason }) => reason.trim().length < 20)).toEqual([]);
});
