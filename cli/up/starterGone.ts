const LOOK_EVERY_MS = 500;

/**
 * Resolves when the npm that started us has been killed: then nobody can stop us with Ctrl-C any more, and a new `npm start`
 * needs our place. Never resolves where no npm did; who detaches us on purpose (nohup, a service manager) is not followed.
 */
export function starterGone(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (env['npm_lifecycle_event'] === undefined) return new Promise(() => undefined);
  const starter = process.ppid;
  return new Promise((resolve) => {
    const look = setInterval(() => {
      if (process.ppid === starter) return;
      clearInterval(look);
      resolve();
    }, LOOK_EVERY_MS);
    look.unref();
  });
}
