// The outside in memory, for tests of the pipeline.
import { HostError, type Host } from '../core/host.ts';

/** Makes a host of files by path; a glob is a path with `*` in its last segment. */
export function memoryHost(files: Readonly<Record<string, string>>): Host {
  const resolvePath = (fromFile: string, path: string): string => {
    const folder = fromFile.includes('/')
      ? `${fromFile.slice(0, fromFile.lastIndexOf('/'))}/`
      : '';
    return path.startsWith('/') ? path : folder + path.replace(/^\.\//, '');
  };
  return {
    readText: (path) => {
      const text = files[path];
      if (text === undefined)
        throw new HostError(`cannot read "${path}": no such file`);
      return text;
    },
    glob: (pattern, fromFile) => {
      const parts = resolvePath(fromFile, pattern)
        .split('*')
        .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
      const matcher = new RegExp(`^${parts.join('[^/]*')}$`);
      return Object.keys(files)
        .filter((file) => matcher.test(file))
        .toSorted();
    },
    resolvePath,
  };
}
