import { describe, expect, it } from 'vitest';
import { HostError } from '../core/host.ts';
import { createRenderer } from './create-renderer.ts';

const rendererOf = (files: Readonly<Record<string, string>>) =>
  createRenderer({ templates: new Map(Object.entries(files)) });

const withOverlay = (
  own: Readonly<Record<string, string>>,
  users: Readonly<Record<string, string>>,
) =>
  createRenderer({
    templates: new Map(Object.entries(own)),
    overlay: { folder: 'my-templates', files: new Map(Object.entries(users)) },
  });

describe('createRenderer', () => {
  it('escapes a plain name for the file type of its template', () => {
    const render = rendererOf({
      'a/a.md.hbs': 'x {{name}}',
      'a/a.ts.hbs': 'x({{name}})',
      'a/a.sh.hbs': 'x {{name}}',
      'a/a.mmd.hbs': 'x: {{name}}',
      'a/a.sql.hbs': 'x {{name}}',
    });
    const view = { name: "a|b '$(c)" };
    expect(render.render('a/a.md', view)).toBe("x a\\|b '\\$(c)\n");
    expect(render.render('a/a.ts', view)).toBe("x('a|b \\'$(c)')\n");
    expect(render.render('a/a.sh', view)).toBe("x 'a|b '\\''$(c)'\n");
    expect(render.render('a/a.mmd', view)).toBe(
      'x: a#124;b #39;#36;#40;c#41;\n',
    );
    expect(render.render('a/a.sql', view)).toBe("x 'a|b ''$(c)'\n");
  });

  it('leaves a name that already calls a helper of its file type', () => {
    const render = rendererOf({ 'a.md.hbs': '{{mdCode name}}' });
    expect(render.render('a.md', { name: 'a_*' })).toBe('`a_*`\n');
  });

  it('escapes inside each, if, else and partials', () => {
    const render = rendererOf({
      'a.md.hbs':
        '{{#each rows}}\n{{> row.md mark="*"}}\n{{/each}}\n{{#if none}}x{{else}}{{text}}{{/if}}\n',
      'row.md.hbs': '- {{name}}{{mark}}\n',
    });
    expect(
      render.render('a.md', {
        rows: [{ name: '<b>' }, { name: '# x' }],
        none: false,
        text: '`',
      }),
    ).toBe('- \\<b\\>\\*\n- \\# x\\*\n\\`\n');
  });

  it('counts, and looks outwards and inwards, each time anew', () => {
    const render = rendererOf({
      'a.md.hbs':
        '{{#each rows}}\n{{> row.md}}\n{{> indented.md mark="x"}}\n{{#each cells}}{{#if ../isWide}}{{../name}}.{{text.value}}{{#if @last}}!{{else}}, {{/if}}{{/if}}{{/each}}\n{{/each}}\n',
      'row.md.hbs': '{{#if @first}}first{{else}}next{{/if}} {{@index}}\n',
      'indented.md.hbs': '  {{mark}}{{@index}}{{#if @last}} last{{/if}}\n',
    });
    const cells = ['p', 'q'].map((value) => ({ text: { value } }));
    const view = {
      rows: [
        { name: 'a', isWide: true, cells },
        { name: 'b', isWide: 0, cells },
      ],
    };
    const wanted = 'first 0\n  x0\na.p, a.q!\nnext 1\n  x1 last\n';
    for (let run = 0; run < 3; run += 1)
      expect(render.render('a.md', view)).toBe(wanted);
  });

  it.each(['{{toString}}', '{{#if hasOwnProperty}}x{{/if}}', '{{a.valueOf}}'])(
    'finds in a view what is its own, and not %s',
    (text) => {
      const render = rendererOf({ 'a.md.hbs': text });
      expect(() => render.render('a.md', { a: {} })).toThrow(
        'the view has no "',
      );
    },
  );

  it('does not treat braces in a text as a template', () => {
    const render = rendererOf({ 'a.md.hbs': '{{name}}' });
    expect(render.render('a.md', { name: '{{other}}', other: 'no' })).toBe(
      '{{other}}\n',
    );
  });

  it('ends with one newline, without trailing spaces or carriage returns', () => {
    const render = rendererOf({
      'a.md.hbs': '\r\n\r\na  \r\n\r\n\r\n\r\nb\t\n\n\n',
    });
    expect(render.render('a.md', {})).toBe('a\n\nb\n');
  });

  it.each([
    ['{{missing}}', 'the view has no "missing"'],
    ['{{mdCode missing}}', 'the view has no "missing"'],
    ['{{#each missing}}{{/each}}', 'the view has no "missing"'],
    ['{{#if missing}}{{/if}}', 'the view has no "missing"'],
    ['{{> p.md x=missing}}', 'the view has no "missing"'],
    ['{{constructor}}', 'the view has no "constructor"'],
    ['{{{name}}}', 'raw {{{name}}} has no reason beside it'],
    ['{{shellWord name}}', '"shellWord" is no helper of this file type'],
    ['{{lookup name 1}}', '"lookup" is no helper of this file type'],
    ['{{#unless name}}{{/unless}}', 'block "unless" is not allowed'],
    ['{{#with name}}{{/with}}', 'block "with" is not allowed'],
    ['{{> (lookup . "p")}}', 'the name of a partial cannot be computed'],
    ['{{#> p.md}}{{/p.md}}', 'PartialBlockStatement is not allowed'],
    ['{{#if name}}', 'cannot be parsed'],
    ['{{"text"}}', 'a literal cannot be printed'],
    ['{{> p.ts}}', 'includes "p.ts", which is of another file type'],
    ['{{list}}', 'only a text, a number or a boolean can be printed'],
  ])('refuses %s in our own template as our bug', (text, message) => {
    const render = rendererOf({
      'a.md.hbs': `# Head\n${text}`,
      'p.md.hbs': '{{x}}',
      'p.ts.hbs': '',
    });
    const act = () => render.render('a.md', { name: 'x', list: [] });
    expect(act).toThrow(message);
    expect(act).not.toThrow(HostError);
  });

  it('accepts a raw name with a reason before it', () => {
    const render = rendererOf({
      'a.md.hbs': '{{! built as Markdown }}\n{{{name}}}',
    });
    expect(render.render('a.md', { name: '**x**' })).toBe('**x**\n');
  });

  it('refuses a template type that is built as data', () => {
    const render = rendererOf({ 'a.json.hbs': '{}' });
    expect(() => render.render('a.json', {})).toThrow(
      'type "json" is not written through templates',
    );
  });
});

describe('a user overlay', () => {
  it('replaces one file and leaves the others', () => {
    const render = withOverlay(
      { 'a.md.hbs': 'a {{> b.md}}', 'b.md.hbs': 'ours' },
      { 'b.md.hbs': 'theirs' },
    );
    expect(render.render('a.md', {})).toBe('a theirs\n');
  });

  it('tells file, line, column and near name of a missing name', () => {
    const render = withOverlay(
      { 'a.md.hbs': 'ours' },
      { 'a.md.hbs': '# Head\n\nBy {{ownr}}\n' },
    );
    expect(() => render.render('a.md', { owner: 'x' })).toThrow(
      new HostError(
        'my-templates/a.md.hbs:3:6: the view has no "ownr". Did you mean "owner"?',
      ),
    );
  });

  it('blames the overlaid partial, not our template that includes it', () => {
    const render = withOverlay(
      { 'a.md.hbs': '{{> b.md}}', 'b.md.hbs': '' },
      { 'b.md.hbs': '{{x}}' },
    );
    expect(() => render.render('a.md', { other: 1 })).toThrow(
      new HostError(
        'my-templates/b.md.hbs:1:3: the view has no "x". At the top of the view are "other".',
      ),
    );
  });

  it('refuses a mistake of form before anything is rendered', () => {
    expect(() =>
      withOverlay({ 'a.md.hbs': '' }, { 'a.md.hbs': 'x\n{{#each y}}\n' }),
    ).toThrow(HostError);
    expect(() =>
      withOverlay({ 'a.md.hbs': '' }, { 'a.md.hbs': 'x\n{{#each y}}\n' }),
    ).toThrow(/^my-templates\/a\.md\.hbs:\d+: cannot be parsed near/);
  });

  it('refuses a partial that includes itself without end', () => {
    const render = withOverlay(
      { 'a.md.hbs': '' },
      { 'a.md.hbs': '{{> a.md}}' },
    );
    expect(() => render.render('a.md', {})).toThrow(
      'my-templates/a.md.hbs: the template includes itself without end.',
    );
  });

  it('refuses a file that replaces nothing, with the nearest name', () => {
    expect(() =>
      withOverlay(
        { 'document/guide.md.hbs': '' },
        { 'document/gudie.md.hbs': '' },
      ),
    ).toThrow(
      'my-templates/document/gudie.md.hbs: this file replaces no template and none includes it. Did you mean "document/guide.md.hbs"?',
    );
  });

  it('adds to our words and replaces single ones', () => {
    const render = withOverlay(
      { 'document/en.words.json': '{"a":"A","b":"B"}' },
      { 'document/en.words.json': '{"b":"Bee"}' },
    );
    expect(render.words('document', 'en')).toEqual({ a: 'A', b: 'Bee' });
  });

  it('tells words that are not JSON as the user’s mistake', () => {
    const render = withOverlay(
      { 'document/en.words.json': '{}' },
      { 'document/en.words.json': '{' },
    );
    expect(() => render.words('document', 'en')).toThrow(HostError);
  });
});
