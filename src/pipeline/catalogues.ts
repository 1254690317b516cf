// Every problem that the tool can report, gathered from the stages that declare them.
import { byCodeUnit } from '../core/artifact.ts';
import type { Declared, Entry } from '../core/catalogue.ts';
import type { DiagnosticCode } from '../core/diagnostic.ts';
import { brokers } from '../brokers/index.ts';
import { changeKinds } from '../changes/index.ts';
import { reasonDiagnostics } from '../changes/reasons.ts';
import { resolveDiagnostics } from '../resolve/diagnostics.ts';
import {
  baselineDiagnostics,
  configDiagnostics,
  ignoreDiagnostics,
} from '../policy/diagnostics.ts';
import { rules } from '../rules/index.ts';
import { schemaDiagnostics } from '../schema/diagnostics.ts';
import { syntaxDiagnostics } from '../syntax/diagnostics.ts';
import { loadDiagnostics, planDiagnostics } from './diagnostics.ts';

export interface DeclaredDiagnostic extends Entry {
  readonly code: DiagnosticCode;
  readonly stage: string;
}

/** Lists every declared diagnostic, by code. */
export function declaredDiagnostics(): readonly DeclaredDiagnostic[] {
  const catalogues: readonly Declared[] = [
    syntaxDiagnostics,
    schemaDiagnostics,
    loadDiagnostics,
    resolveDiagnostics,
    ...brokers.map((broker) => broker.catalogue),
    ...rules.map((rule) => rule.catalogue),
    ...changeKinds.map((kind) => kind.catalogue),
    reasonDiagnostics,
    planDiagnostics,
    configDiagnostics,
    ignoreDiagnostics,
    baselineDiagnostics,
  ];
  return catalogues
    .flatMap(({ stage, entries }) =>
      Object.entries(entries).map(([slug, entry]): DeclaredDiagnostic => ({
        ...entry,
        code: `${stage}/${slug}`,
        stage,
      })),
    )
    .toSorted((left, right) => byCodeUnit(left.code, right.code));
}
