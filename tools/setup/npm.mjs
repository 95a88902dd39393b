// Runs the npm that started us, so that a script never meets a second, other npm.
import { spawnSync } from 'node:child_process';

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {boolean} whether npm ended well
 */
export function runNpm(args, cwd) {
  const cli = process.env.npm_execpath;
  const through = cli !== undefined && /npm-cli\.c?js$/.test(cli);
  const command = through ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const all = through ? [cli, ...args] : [...args];
  const ran = spawnSync(command, [...all, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: !through && process.platform === 'win32',
    // A script started by `npm run` inherits the settings of that run; `--prefix` of ours must win over its local prefix.
    env: withoutLocalPrefix(process.env),
  });
  return ran.status === 0;
}

/** @param {NodeJS.ProcessEnv} env */
function withoutLocalPrefix(env) {
  const copy = { ...env };
  for (const name of ['npm_config_local_prefix', 'npm_config_prefix', 'npm_config_production', 'npm_config_omit']) {
    delete copy[name];
  }
  // `npm ci` must bring the development packages even where the machine is set to production.
  copy.NODE_ENV = 'development';
  return copy;
}
