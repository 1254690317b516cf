// The version of this package. The build puts it in, so that nothing is read to print it.
import packageJson from '../../package.json' with { type: 'json' };

export const toolVersion: string = packageJson.version;
