import { describe, expect, it } from 'vitest';
import type { FileSystemAdapter } from 'tinyglobby';
import { findFiles } from './find-files.ts';

/** A disk of 90 000 folders, in each a file. */
const large = {
  readdirSync: (folder: string) => [
    entry('part.yaml', false),
    ...Array.from({ length: folder.split('/').length > 4 ? 0 : 300 }, (_, at) =>
      entry(`folder-${at}`, true),
    ),
  ],
} as unknown as FileSystemAdapter;

function entry(name: string, isFolder: boolean): object {
  return {
    name,
    isFile: () => !isFolder,
    isDirectory: () => isFolder,
    isSymbolicLink: () => false,
  };
}

describe('a search for files', () => {
  it('ends where it leads through too many folders, and says what to do', () => {
    expect(() => findFiles('**/*.yaml', '/specs', large)).toThrow(
      'more than 10000 folders; name the folder',
    );
  });

  it('looks into no folder that the glob does not lead to', () => {
    expect(findFiles('folder-7/*.yaml', '/specs', large)).toEqual([
      '/specs/folder-7/part.yaml',
    ]);
  });
});
