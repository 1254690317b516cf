// Pages of a browser that are used again: mermaid-cli opens one for each diagram, and loading Mermaid into it takes far
// longer than drawing. A page that has drawn keeps Mermaid; what would load it again is passed by.

/** The little of a browser that mermaid-cli uses. */
export interface PageSource {
  readonly newPage: () => Promise<object>;
}

/** What brings a page to where it can draw. In a page that has drawn all of it is there. */
const loading: ReadonlySet<PropertyKey> = new Set([
  'goto',
  'on',
  'setRequestInterception',
  'addScriptTag',
  'addStyleTag',
]);

interface DrawingPage {
  readonly $eval: (...parameters: readonly unknown[]) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

interface KeptPage {
  readonly page: DrawingPage;
  /** Arguments of the first drawing: the addresses that Mermaid was loaded from. */
  addresses: Readonly<Record<string, unknown>>;
  hasDrawn: boolean;
  hasFailed: boolean;
}

/** Wraps a browser so that a closed page is given out again, unless drawing in it failed. Closing the browser closes them. */
export function reusePages(browser: PageSource): PageSource {
  const free: KeptPage[] = [];
  return {
    newPage: async () => {
      const kept = free.pop() ?? {
        // Puppeteer's page; it is handed on as it is, and used for these two calls.
        page: (await browser.newPage()) as DrawingPage,
        addresses: {},
        hasDrawn: false,
        hasFailed: false,
      };
      return guarded(kept, async () => {
        if (kept.hasDrawn && !kept.hasFailed) free.push(kept);
        else await kept.page.close();
      });
    },
  };
}

function guarded(kept: KeptPage, release: () => Promise<void>): object {
  const isWarm = kept.hasDrawn;
  return new Proxy(kept.page, {
    get: (page, name) => {
      if (name === 'close') return release;
      if (name === '$eval') return drawing(kept);
      if (isWarm && loading.has(name)) return () => Promise.resolve(null);
      const member: unknown = Reflect.get(page, name);
      return typeof member === 'function'
        ? (member.bind(page) as unknown)
        : member;
    },
  });
}

function drawing(kept: KeptPage): DrawingPage['$eval'] {
  return async (selector, work, ...rest) => {
    const [given, ...others] = rest;
    const isDrawing = isRecord(given) && 'definition' in given;
    if (!isDrawing) return kept.page.$eval(selector, work, ...rest);
    if (!kept.hasDrawn) kept.addresses = addressesIn(given);
    try {
      const parameters = { ...given, ...kept.addresses };
      const drawn = await kept.page.$eval(
        selector,
        work,
        parameters,
        ...others,
      );
      kept.hasDrawn = true;
      return drawn;
    } catch (error) {
      kept.hasFailed = true;
      throw error;
    }
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const addressesIn = (
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(given).filter(([name]) => name.endsWith('Url')),
  );
