// Asks Mermaid itself whether it reads a diagram, in a DOM of jsdom's: its flowchart and sanitising code needs a window.
import { JSDOM } from 'jsdom';

interface Mermaid {
  readonly parse: (
    text: string,
  ) => Promise<{ readonly diagramType: string } | false>;
}

/**
 * Loads Mermaid once the globals it looks for are there; the modules of DOMPurify take them when they are first loaded.
 * Call it once per test file.
 */
export async function loadMermaid(): Promise<Mermaid> {
  const { window } = new JSDOM('<!DOCTYPE html><body></body>', {
    pretendToBeVisual: true,
  });
  Object.assign(globalThis, { window, document: window.document });
  // Mermaid's own types pull in d3 and the DOM; only `parse` is wanted here.
  const { default: mermaid } = (await import('mermaid')) as {
    readonly default: Mermaid;
  };
  return mermaid;
}

export interface Refusal {
  readonly name: string;
  readonly message: string;
}

/** Parses each text by name and tells which ones Mermaid refuses, in its own words. */
export async function refusedDiagrams(
  mermaid: Mermaid,
  texts: ReadonlyMap<string, string>,
): Promise<readonly Refusal[]> {
  const refusals: Refusal[] = [];
  for (const [name, text] of texts) {
    try {
      await mermaid.parse(text);
    } catch (error) {
      refusals.push({
        name,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return refusals;
}
