// Deploys a service on this machine, asks it for its health and takes it down: deploy.mjs NAME.
import { cpSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// Each task that runs at the same time has a hundred ports of its own.
const FIRST_PORT = Number(process.env.BRAID_PORT_BASE ?? 10_000);
const PORTS = 100;

function install(name) {
  const folder = join(tmpdir(), name);
  cpSync(fileURLToPath(new URL(`../services/${name}`, import.meta.url)), folder, { recursive: true });
  return folder;
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(port));
  });
}

async function start(folder) {
  const answer = (request, response) => {
    const configuration = readFileSync(join(folder, "application.yml"), "utf8");
    const service = /^ {2}name: (.+)$/m.exec(configuration)[1];
    response.end(JSON.stringify({ status: "UP", service }));
  };
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS; port++) {
    const server = createServer(answer);
    try {
      return { server, port: await listen(server, port) };
    } catch (error) {
      if (error.code !== "EADDRINUSE") {
        throw error;
      }
    }
  }
  throw new Error(`none of the ports from ${FIRST_PORT} on is free`);
}

const [name] = process.argv.slice(2);
const { server, port } = await start(install(name));
const url = `http://127.0.0.1:${port}/health`;
const health = await (await fetch(url)).json();
server.closeAllConnections();
server.close();
if (health.status !== "UP" || health.service !== name) {
  throw new Error(`${name} is not healthy: ${JSON.stringify(health)}`);
}
console.log(`${name} is healthy at ${url}`);
