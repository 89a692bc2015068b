import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What Pulumi's language host does for a TypeScript program before it runs it. */
const pulumiLoader = `
  const { typeScriptRequireStrings, loadTypeScriptCompilerOptions } = require('@pulumi/pulumi/tsutils');
  const { typescriptRequire, tsnodeRequire } = typeScriptRequireStrings();
  const compilerOptions = loadTypeScriptCompilerOptions('tsconfig.json');
  require(tsnodeRequire).register({
    compiler: typescriptRequire,
    transpileOnly: compilerOptions.noCheck,
    project: 'tsconfig.json',
    skipProject: false,
    compilerOptions: {
      target: 'ES2020', module: 'nodenext', moduleResolution: 'nodenext', sourceMap: 'true',
      ...compilerOptions,
    },
  });
`;

/** Runs the entry point with a configuration, and prints its outputs, or what it refuses. */
const program = `
  const pulumi = require('@pulumi/pulumi');
  const { sample, useMocks, valuesOf } = require('./src/testing/recorded-plan');
  const run = async (config) => {
    await useMocks('t4g.micro');
    pulumi.runtime.setAllConfig(config);
    delete require.cache[require.resolve('./src/index')];
    const { nlbDnsName, telnetCommand, asgName, logsUrl } = require('./src/index');
    return valuesOf({ nlbDnsName, telnetCommand, asgName, logsUrl });
  };
  const { repository, commit } = sample;
  run({ 'chat-server:port': '1', 'chat-server:repository': 'ftp://a' })
    .catch((error) => console.log([pulumi.RunError.isInstance(error), error.message]))
    .then(() => run({ 'aws:profile': 'a', 'chat-server:repository': repository, 'chat-server:ref': commit }))
    .then((outputs) => console.log(outputs.telnetCommand));
`;

test("Pulumi's own loader runs the program, and its configuration is heeded", () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', pulumiLoader + program], {
    cwd: join(__dirname, '..'),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toContain('true,');
  expect(stdout).toContain('port: "1" is out of range; give a whole number from 1024 to 65535');
  expect(stdout).toContain('repository: it is not an https URL without user and password');
  expect(stdout).toContain('\ntelnet chat.elb.example 8080\n');
}, 20_000);
