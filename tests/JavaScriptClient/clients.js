'use strict';

const {
  DittoNodeClient, ImmutableURL, NodeHttpBasicAuth, NodeWebSocketBasicAuth, NodeWebSocketBuilder, ProxyAgent,
} = require('@eclipse-ditto/ditto-javascript-client-node');

const noProxy = { ignoreProxyFromEnv: true };
const domain = new URL(process.argv[2]).host;
const socketAuth = NodeWebSocketBasicAuth.newInstance('ditto', 'ditto');
const open = [];

const http = (user = 'ditto') => DittoNodeClient.newHttpClient(noProxy)
  .withoutTls().withDomain(domain).withAuthProvider(NodeHttpBasicAuth.newInstance(user, 'ditto')).build();

const webSocket = () => DittoNodeClient.newWebSocketClient(noProxy)
  .withoutTls().withDomain(domain).withAuthProvider(socketAuth).withReconnect(false).withBuffer(20);

const kept = client => {
  open.push(client);
  return client;
};

const twin = () => kept(webSocket().twinChannel().build());
const live = () => kept(webSocket().liveChannel().build());

/** A device that answers messages. The client's handles can receive messages but not answer them, for they set no status: so it speaks
 * through the socket that the client has for implementations of one's own. */
async function device(answer) {
  let acknowledged;
  const ready = new Promise(resolve => acknowledged = resolve);
  const handler = {
    handleInput: text => {
      if (text === 'START-SEND-MESSAGES:ACK')
        return acknowledged();
      const { topic, path, headers, value } = JSON.parse(text);
      const reply = answer(topic.split('/').pop(), value);
      if (reply)
        socket.executeCommand(JSON.stringify({ topic, path, headers, ...reply }));
    },
    handleClose: closed => closed.catch(() => {}),
    handleError: console.error,
  };
  const socket = kept(await new NodeWebSocketBuilder(new ProxyAgent(noProxy))
    .withConnectionDetails(ImmutableURL.newInstance('ws', domain, '/ws/2'), [socketAuth])
    .withHandler(handler, false));
  socket.executeCommand('START-SEND-MESSAGES');
  await ready;
}

const close = () => open.forEach(client => client.close(1000, 'done'));

module.exports = { http, twin, live, device, close };
