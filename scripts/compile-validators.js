// Writes the validators of the spec as plain code, so that the command line starts without ajv.
import { loadSource } from './load-source.js';

/** The places that say how ajv is set up, with ajv's code writer of the same copy. */
const setup = `export * from './src/schema/spec-ajv.ts';
export * from './src/schema/config-ajv.ts';
export { default as standalone } from 'ajv/dist/standalone/index.js';`;

function esModule(code) {
  // ajv writes its helpers as CommonJS requires also for ES modules.
  const imports = [];
  const linked = code.replaceAll(/require\("([^"]+)"\)/g, (_, path) => {
    const name = `helper${imports.length}`;
    imports.push(`import ${name} from ${JSON.stringify(`${path}.js`)};`);
    return name;
  });
  return `${imports.join('\n')}\n${linked}\n`;
}

/** Gives ES modules with the exports of the modules of `src/schema/` that validate, by their names. */
export async function compileValidators(root) {
  const { specAjv, schemaIds, configAjv, configSchemaId, standalone } =
    await loadSource(root, setup);
  const code = { source: true, esm: true, lines: false };
  const plain = specAjv({ inlineRefs: false, code });
  const write = standalone.default ?? standalone;
  const telling = specAjv({ allErrors: true, verbose: true, code });
  const config = configAjv({ allErrors: true, verbose: true, code });
  return {
    'spec-validator.ts': `${esModule(write(plain, schemaIds))}
export function isValidSpec(value, as) {
  return (as === 'part' ? part : whole)(value);
}
`,
    'spec-errors.ts': `${esModule(write(telling, schemaIds))}
export function specErrors(value, as) {
  const validate = as === 'part' ? part : whole;
  return validate(value) ? [] : (validate.errors ?? []);
}
`,
    'config-errors.ts': `${esModule(write(config, { whole: configSchemaId }))}
export function configErrors(value) {
  return whole(value) ? [] : (whole.errors ?? []);
}
`,
  };
}
