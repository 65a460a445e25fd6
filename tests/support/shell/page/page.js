// A page that only keeps what the transport brings, for the tests to look at.
globalThis.received = [];
globalThis.holdfast.subscribe('numbers', {}, (message) => globalThis.received.push(message));
document.documentElement.dataset.ready = 'true';
