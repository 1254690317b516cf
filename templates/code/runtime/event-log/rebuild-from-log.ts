// Read models folded anew from a service's event log.
import type { Projection } from '../projection/projection.js';
import { rebuildFrom } from '../projection/rebuild.js';
import type { Rebuild } from '../service/service-definition.js';
import { OpenEventLog } from './event-log-store.js';

/** Names a rebuild from the log for the command line. */
export function rebuildFromLog(projection: Projection): Rebuild {
  return {
    name: projection.name,
    run: async (database, contracts, store) => {
      if (!(store instanceof OpenEventLog))
        throw new Error(`the service of "${projection.name}" has no event log`);
      return await rebuildFrom(
        database,
        projection,
        contracts,
        () => store.log,
      );
    },
  };
}
