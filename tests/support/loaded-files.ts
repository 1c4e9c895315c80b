/** For `node --import`: prints the address of every file that is loaded, one per line, as `loaded file:///…`. */
import { registerHooks } from 'node:module';

registerHooks({
  load: (url, context, next) => {
    process.stderr.write(`loaded ${url}\n`);
    return next(url, context);
  },
});
