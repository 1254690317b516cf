import { readdirSync } from 'node:fs';
import { posix } from 'node:path';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../core/artifact.ts';
import { createRenderer } from '../render/create-renderer.ts';
import { brokerNamed, fixturePath, loadModel } from '../testing/load-model.ts';
import { assetPath } from '../host/assets.ts';
import { loadFiles, loadTemplates } from '../host/load-templates.ts';
import { planArtifacts } from './plan-artifacts.ts';

const markdown = new MarkdownIt({ html: true });
const folder = assetPath('templates');
const render = createRenderer({
  templates: loadTemplates(folder),
  files: (below) => loadFiles(`${folder}/${below}`),
});

const cases = readdirSync(fixturePath('specs'))
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) =>
    (['kafka', 'rabbitmq'] as const).flatMap((broker) =>
      (['en', 'fr'] as const).map((locale) => ({
        spec: file.replace('.yaml', ''),
        broker,
        locale,
      })),
    ),
  );

function planned({
  spec,
  broker,
  locale,
}: (typeof cases)[number]): readonly Artifact[] {
  const model = { ...loadModel(spec, broker), locale };
  const { value } = planArtifacts(
    model,
    {
      render,
      broker: brokerNamed(broker),
      findings: [],
      toolVersion: '0.0.0',
    },
    null,
  );
  if (value === null) throw new Error('no plan');
  return value.artifacts;
}

const hrefsOf = (content: string): readonly string[] =>
  markdown
    .parse(content, {})
    .flatMap((token) => token.children ?? [])
    .flatMap((token) =>
      String(token.attrGet('href') ?? token.attrGet('src') ?? ''),
    )
    .filter((href) => href !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(href));

/** Anchors as GitHub makes them: lower case, without punctuation, `-` for each space, repeats numbered. */
function anchorsOf(content: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = markdown.parse(content, {}).flatMap((token, at, all) => {
    if (token.type !== 'heading_open') return [];
    const text = (all[at + 1]?.children ?? [])
      .map((child) => child.content)
      .join('');
    const base = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .replaceAll(/\s/g, '-');
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return [count === 0 ? base : `${base}-${count}`];
  });
  return new Set(anchors);
}

function brokenLinks(artifacts: readonly Artifact[]): readonly string[] {
  const files = new Map(artifacts.map((one) => [one.path, one.content]));
  const isThere = (path: string): boolean =>
    files.has(path) || artifacts.some((one) => one.path.startsWith(`${path}/`));
  return artifacts
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, content }) =>
      hrefsOf(content).flatMap((href) => {
        const [file = '', anchor] = decodeURI(href).split('#');
        const target =
          file === ''
            ? path
            : posix.join(posix.dirname(path), file).replace(/\/$/, '');
        const text = files.get(target);
        const isBroken =
          !isThere(target) ||
          (anchor !== undefined &&
            (text === undefined || !anchorsOf(text).has(anchor)));
        return isBroken ? [`${path}: ${href}`] : [];
      }),
    );
}

/** Folders and files of the plan that a page names in code, e.g. `broker/kafka/clients/admin.properties`. */
function namedPaths(content: string): readonly string[] {
  return markdown
    .parse(content, {})
    .flatMap((token) => token.children ?? [])
    .filter((token) => token.type === 'code_inline')
    .map((token) => token.content)
    .filter((text) =>
      /^(?:broker|code|decisions|diagrams|events|monitoring)\/\S*$/.test(text),
    );
}

const pageOf = (content: string): Artifact => ({
  path: 'docs/PAGE.md',
  content,
  policy: 'overwrite',
  isExecutable: false,
  origin: { target: 'document', pointers: [] },
});

describe('planArtifacts', () => {
  it.each(cases)(
    'plans every file that a page of $spec on $broker in $locale links to or names',
    (one) => {
      const artifacts = planned(one);
      expect(brokenLinks(artifacts)).toEqual([]);
      const pages = artifacts.filter(({ path }) =>
        ['ARCHITECTURE.md', 'GUIDE.md'].includes(path),
      );
      const named = pages.flatMap(({ content }) => namedPaths(content));
      expect(named.length).toBeGreaterThan(2);
      expect(
        named.filter(
          (name) =>
            !artifacts.some(
              ({ path }) =>
                path === name || (name.endsWith('/') && path.startsWith(name)),
            ),
        ),
      ).toEqual([]);
    },
  );

  it('would notice a link that leads nowhere', () => {
    const text =
      '# A page\n\n[a](#a-page) [b](#none) [c](gone.md) [d](../docs)\n';
    expect(brokenLinks([pageOf(text)])).toEqual([
      'docs/PAGE.md: #none',
      'docs/PAGE.md: gone.md',
    ]);
  });
});
