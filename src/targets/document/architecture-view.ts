// The flat view of ARCHITECTURE.md, section by section in the order of the page.
import { behaviourSections } from './behaviour-sections.ts';
import { capacitySection } from './capacity-section.ts';
import { findingsSection, personalDataSection } from './closing-sections.ts';
import { missingRecords, type DecisionView } from './decisions.ts';
import type { DocumentContext } from './document-context.ts';
import { eventsSection, schemasSection } from './events-section.ts';
import { failuresSection } from './failures-section.ts';
import { flowsSection } from './flows-section.ts';
import { guaranteesSection } from './guarantees-section.ts';
import { infrastructureSection } from './infrastructure-section.ts';
import { overviewSection } from './overview-section.ts';
import { patternsSection } from './patterns-section.ts';
import { practicesSection } from './practices-section.ts';

/** Builds everything that the page prints. */
export function architectureView(
  context: DocumentContext,
  records: readonly DecisionView[],
): object {
  const { model } = context;
  return {
    description: model.description ?? '',
    overview: overviewSection(context),
    events: eventsSection(context),
    schemas: schemasSection(context),
    guarantees: guaranteesSection(context),
    patterns: patternsSection(context),
    infrastructure: infrastructureSection(context),
    flows: flowsSection(context),
    behaviour: behaviourSections(context),
    capacity: capacitySection(context),
    failures: failuresSection(context),
    personalData: personalDataSection(context),
    practices: practicesSection(context),
    findings: findingsSection(context),
    records,
    missingRecords: missingRecords(context),
    diagrams: context.drawings.links,
  };
}
