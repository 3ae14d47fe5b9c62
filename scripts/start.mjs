// npm start: install what is missing, build, serve.
import { command, ensureBuild, ensureDependencies, Failure } from './environment.mjs';
import { createStaticServer, listen } from './serve.mjs';

const usualPort = 4173;

async function listenSomewhere(server, host) {
  const asked = process.env.PORT;
  if (asked) {
    if (!/^\d{1,5}$/.test(asked) || Number(asked) > 65535)
      throw new Failure(`PORT=${asked} is not a port number.`);
    return listen(server, Number(asked), host).catch((error) => {
      throw new Failure(
        `Port ${asked} cannot be used (${error.code}). Choose another with PORT, or leave PORT unset.`,
      );
    });
  }
  return listen(server, usualPort, host).catch(() => listen(server, 0, host));
}

await command(async () => {
  ensureDependencies();
  ensureBuild();
  const server = createStaticServer();
  const host = process.env.HOST || '127.0.0.1';
  const port = await listenSomewhere(server, host);
  const name = host === '127.0.0.1' ? 'localhost' : host;
  console.log(`\n  Saddle is running at  http://${name}:${port}/\n\n  Press Ctrl-C to stop.\n`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
});
