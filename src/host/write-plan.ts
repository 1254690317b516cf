// A plan against a folder: what would change, and doing it so that an interruption loses nothing.
import { HostError } from '../core/host.ts';
import {
  emptyManifest,
  hashText,
  manifestName,
  printManifest,
  readManifest,
  type Manifest,
  type ManifestFile,
} from './manifest.ts';
import type { OutputFolder } from './output-folder.ts';
import {
  newFoldersOf,
  type PlannedFile,
  type PlannedFiles,
} from './planned-files.ts';

export type ChangeKind =
  | 'create'
  | 'update'
  | 'remove'
  /** Changed by hand since it was generated; left unless forced. */
  | 'keep-edited'
  /** No longer yielded, but changed by hand; left unless forced. */
  | 'keep-orphan'
  | 'unchanged'
  /** Written once, now the user's own. */
  | 'own';

export interface Change {
  readonly kind: ChangeKind;
  readonly path: string;
  readonly target: string;
}

export interface WriteOptions {
  readonly toolVersion: string;
  readonly specHash: string;
  /** Targets of this run; files of other targets are left as they are. Null means all. */
  readonly only: ReadonlySet<string> | null;
  readonly isForced: boolean;
}

export interface ComparedPlan {
  /** Invariant: one for each artifact and each file that is no longer yielded, sorted by path. */
  readonly changes: readonly Change[];
  readonly manifest: Manifest;
}

/** Compares the files of a plan, sorted by path, with a folder; changes nothing. Throws: `HostError`. */
export function comparePlan(
  folder: OutputFolder,
  plan: readonly PlannedFile[],
  options: WriteOptions,
): ComparedPlan {
  const manifest = manifestOf(folder);
  const planned = new Set(plan.map(({ path }) => path));
  const changes = plan.map((planned) =>
    changeOf(folder, planned, { manifest, options }),
  );
  // What a killed run may have left is an orphan too, of no target that is known.
  const left = [...manifest.pending.keys()]
    .filter((path) => options.only === null && !manifest.files.has(path))
    .map(
      (path) => [path, { hash: '', target: '', policy: 'overwrite' }] as const,
    );
  for (const [path, file] of [...manifest.files, ...left]) {
    const isChosen = options.only === null || options.only.has(file.target);
    if (planned.has(path) || !isChosen) continue;
    const change = orphanOf(folder, { path, file }, { manifest, options });
    if (change !== null) changes.push(change);
  }
  return {
    changes: changes.toSorted((left, right) =>
      left.path < right.path ? -1 : 1,
    ),
    manifest,
  };
}

function manifestOf(folder: OutputFolder): Manifest {
  const bytes = folder.read(manifestName);
  if (bytes === null) return emptyManifest;
  const manifest = readManifest(bytes.toString('utf8'));
  if (manifest === null) {
    throw new HostError(
      `"${manifestName}" in the output folder is not a manifest; restore it from version control, or delete it and use --force`,
    );
  }
  return manifest;
}

interface Known {
  readonly manifest: Manifest;
  readonly options: WriteOptions;
}

function isOurs(manifest: Manifest, path: string, hash: string): boolean {
  return (
    manifest.files.get(path)?.hash === hash ||
    (manifest.pending.get(path)?.includes(hash) ?? false)
  );
}

function changeOf(
  folder: OutputFolder,
  planned: PlannedFile,
  known: Known,
): Change {
  const { path, policy, origin } = planned;
  const found = folder.read(path);
  const kind =
    policy === 'create-once'
      ? kindOnce(found, path, known.manifest)
      : kindEachTime(found, planned, known);
  return { kind, path, target: origin.target };
}

/** A file that is written once, then the user's own. */
function kindOnce(
  found: Uint8Array | null,
  path: string,
  { files, pending }: Manifest,
): ChangeKind {
  const wasWritten = files.has(path);
  if (found === null) return wasWritten ? 'own' : 'create';
  if (wasWritten) return 'own';
  // Left by a run that was killed, and edited by nobody since.
  const isPending = pending.get(path)?.includes(hashText(found)) ?? false;
  return isPending ? 'update' : 'own';
}

function kindEachTime(
  found: Uint8Array | null,
  planned: PlannedFile,
  { manifest, options }: Known,
): ChangeKind {
  if (found === null) return 'create';
  const hash = hashText(found);
  if (hash === planned.hash) return 'unchanged';
  const isFree = options.isForced || isOurs(manifest, planned.path, hash);
  return isFree ? 'update' : 'keep-edited';
}

function orphanOf(
  folder: OutputFolder,
  orphan: { path: string; file: ManifestFile },
  { manifest, options }: Known,
): Change | null {
  const { path, file } = orphan;
  const found = folder.read(path);
  if (found === null) return null;
  const isOwn = isOurs(manifest, path, hashText(found));
  if (file.policy === 'create-once' && !isOwn)
    return { kind: 'own', path, target: file.target };
  const isUnchanged = isOwn || options.isForced;
  return {
    kind: isUnchanged ? 'remove' : 'keep-orphan',
    path,
    target: file.target,
  };
}

/**
 * Carries out what was compared. First the hashes of everything to be written go into the manifest as pending, while new
 * folders are filled beside their places; then each file is replaced at once, last the manifest is made final: whenever
 * the process dies, every file is old or new, known as the tool's own, and the next run completes. `shares`: all files of
 * the plan; each share is written by the thread that holds it, all of them at the same time, those of other threads first
 * in the list. A failure leaves no folder half-filled. Throws: `HostError`.
 */
export async function writePlan(
  folder: OutputFolder,
  shares: readonly PlannedFiles[],
  compared: ComparedPlan & { readonly options: WriteOptions },
): Promise<void> {
  const plan = shares.flatMap(({ files }) => files);
  const { changes, manifest, options } = compared;
  const kinds = new Map(changes.map(({ path, kind }) => [path, kind]));
  const final = finalManifest(plan, compared);
  const work = changes.filter(
    ({ kind }) => kind === 'create' || kind === 'update' || kind === 'remove',
  );
  folder.clean();
  if (
    work.length === 0 &&
    manifest.pending.size === 0 &&
    printManifest(final) === printManifest(manifest)
  )
    return;
  const paths = new Set(
    changes.flatMap(({ path, kind }) =>
      kind === 'create' || kind === 'update' ? [path] : [],
    ),
  );
  const order = { paths, newFolders: newFoldersOf(folder, shares) };
  try {
    const preparing = shares.map((share) => share.prepare(folder, order));
    // The manifests are printed while others fill folders.
    const telling = (async (): Promise<string> => {
      const pending = withPending(manifest, plan, { kinds, options });
      if (work.length > 0)
        folder.replace(manifestName, printManifest(pending), false);
      return printManifest(final);
    })();
    const prepared = await allEnded(preparing, telling);
    const manifestText = await telling;
    await allEnded(prepared.map((files) => files.write()));
    for (const { path, kind } of changes)
      if (kind === 'remove') folder.remove(path);
    folder.replace(manifestName, manifestText, false);
  } finally {
    folder.clean();
  }
}

/** Waits for all, also when one fails, so that none is left at work; gives the results of the first ones. */
async function allEnded<T>(
  work: readonly Promise<T>[],
  ...others: readonly Promise<unknown>[]
): Promise<readonly T[]> {
  await Promise.allSettled([...work, ...others]);
  return Promise.all(work);
}

function withPending(
  manifest: Manifest,
  plan: readonly PlannedFile[],
  from: { kinds: ReadonlyMap<string, ChangeKind>; options: WriteOptions },
): Manifest {
  const pending = new Map(manifest.pending);
  for (const { path, hash } of plan) {
    const kind = from.kinds.get(path);
    if (kind !== 'create' && kind !== 'update') continue;
    pending.set(path, [...new Set([...(pending.get(path) ?? []), hash])]);
  }
  return { ...manifest, toolVersion: from.options.toolVersion, pending };
}

function finalManifest(
  plan: readonly PlannedFile[],
  {
    changes,
    manifest,
    options,
  }: ComparedPlan & { readonly options: WriteOptions },
): Manifest {
  const planned = new Map(plan.map((file) => [file.path, file]));
  const files = new Map<string, ManifestFile>();
  for (const [path, file] of manifest.files) {
    if (options.only !== null && !options.only.has(file.target))
      files.set(path, file);
  }
  for (const change of changes) {
    const { path } = change;
    const file = settledFile(change, {
      planned: planned.get(path),
      known: manifest.files.get(path),
    });
    if (file !== null) files.set(path, file);
  }
  return {
    toolVersion: options.toolVersion,
    specHash: options.specHash,
    files,
    pending: new Map(),
  };
}

/** What the manifest says of a file once the run is complete; null for nothing. */
function settledFile(
  { kind, target }: Change,
  file: {
    readonly planned: PlannedFile | undefined;
    readonly known: ManifestFile | undefined;
  },
): ManifestFile | null {
  const { planned, known } = file;
  // An edited file keeps the hash of what was generated, so that undoing the edit makes it the tool's own again.
  if (isLeft.has(kind) && known !== undefined) return known;
  if (planned === undefined || kind === 'keep-edited') return null;
  return { hash: planned.hash, target, policy: planned.policy };
}

const isLeft: ReadonlySet<ChangeKind> = new Set([
  'keep-edited',
  'keep-orphan',
  'own',
]);
