// Findings as SARIF for GitHub code scanning, which opens an alert for a suppressed result too: what is told alone.
import type { Reporter } from './reporter.ts';
import { sarif } from './sarif.ts';

/** Prints a SARIF log without the findings that are held back. */
export const codeScanning: Reporter = {
  name: 'code-scanning',
  summary: 'SARIF 2.1.0 without what is held back, for GitHub code scanning',
  print: ({ heldBack: _heldBack, ...told }) => sarif.print(told),
};
