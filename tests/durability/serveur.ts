// The smallest server of live documents: for the tests that kill it. `PORT` and `DATA_DIR` as everywhere.
import { createServer } from 'node:http';
import { openApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';

const config = readConfig(process.env);
const app = await openApp(config);
const server = createServer((_request, response) => response.writeHead(404).end());
server.on('upgrade', (request, socket, head) => app.collaboration.handleUpgrade(request, socket, head));
server.listen(config.port, '127.0.0.1', () => console.log('prêt'));
