// Finds a browser that can draw diagrams: named by the environment, installed on the system, or brought by a package.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { loadPeer } from './load-peer.ts';

export interface Browser {
  readonly executablePath: string;
  /** Flags that this browser needs to start at all. */
  readonly args: readonly string[];
}

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isExecutable: (path: string) => boolean;
}

const commands = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Finds the path of a Chrome, Chromium or Edge: `PUPPETEER_EXECUTABLE_PATH` or `CHROME_PATH` as they stand, else what
 * the system has in its usual places. Null when there is none.
 */
export function findSystemBrowser(given: Surroundings): string | null {
  const named =
    given.env['PUPPETEER_EXECUTABLE_PATH'] ?? given.env['CHROME_PATH'] ?? '';
  if (named !== '') return named;
  return usualPlaces(given).find((path) => given.isExecutable(path)) ?? null;
}

function usualPlaces({ platform, env }: Surroundings): readonly string[] {
  switch (platform) {
    case 'darwin':
      return macApplications;
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
        (name) =>
          windowsPrograms.map((program) => `${env[name] ?? 'C:'}\\${program}`),
      );
    default:
      return commands.flatMap((command) =>
        (env['PATH'] ?? '/usr/bin:/usr/local/bin')
          .split(delimiter)
          .filter((folder) => folder !== '')
          .map((folder) => join(folder, command)),
      );
  }
}

interface PackagedChromium {
  readonly default: {
    readonly args: readonly string[];
    readonly executablePath: () => Promise<string>;
  };
}

/** Finds a browser on this machine, the system's before the one of `@sparticuz/chromium`; null when there is none. */
export async function findBrowser(): Promise<Browser | null> {
  const path = findSystemBrowser({
    platform: process.platform,
    env: process.env,
    isExecutable,
  });
  if (path !== null) return { executablePath: path, args: [] };
  const packaged = (await loadPeer(
    '@sparticuz/chromium',
  )) as PackagedChromium | null;
  if (packaged === null) return null;
  return {
    executablePath: await packaged.default.executablePath(),
    args: packaged.default.args,
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
