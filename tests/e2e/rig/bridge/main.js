// Runs functions of the tests inside the extension host, with its `vscode`. Listens on this machine only, and only when a test asked for it.
const http = require('http');
const vscode = require('vscode');

const address = process.env.ROLECALL_BRIDGE;

async function answer({ source, args }) {
  try {
    const value = await new Function('vscode', 'args', `return (${source})(vscode, ...args)`)(vscode, args);
    return { value: value ?? null };
  } catch (error) {
    return { error: String(error?.stack ?? error) };
  }
}

function bodyOf(request) {
  return new Promise((resolve) => {
    let body = '';
    request.on('data', (data) => { body += data; });
    request.on('end', () => resolve(body));
  });
}

exports.activate = async () => {
  if (!address) return;
  const secret = new URL(address).pathname;
  const server = http.createServer(async (request, response) => {
    if (request.url !== secret) return response.writeHead(403).end();
    return response.end(JSON.stringify(await answer(JSON.parse(await bodyOf(request)))));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  await fetch(address, { method: 'POST', body: `http://127.0.0.1:${server.address().port}${secret}` });
};
