// Solves the puzzle of a form (ALTCHA, SHA-256) while it is filled in; sending waits for it.
// Written without the browser's own digest, which is only there on https, and slower for short texts.
"use strict";

(() => {
const TURN = 1500; // numbers tried before the page may do something else
const ROUNDS = [];
const START = [];
(function roots() {
  const part = (number, power) => ((number ** power) * 0x100000000) | 0;
  for (let number = 2; ROUNDS.length < 64; number += 1) {
    let isPrime = true;
    for (let each = 2; each * each <= number; each += 1) if (number % each === 0) isPrime = false;
    if (!isPrime) continue;
    if (START.length < 8) START.push(part(number, 1 / 2));
    ROUNDS.push(part(number, 1 / 3));
  }
})();
const schedule = new Int32Array(64);

// The digest of a text of ASCII letters, in hexadecimal digits.
function sha256(text) {
  const words = new Int32Array((((text.length + 8) >> 6) + 1) * 16);
  for (let at = 0; at < text.length; at += 1) words[at >> 2] |= text.charCodeAt(at) << (24 - (at % 4) * 8);
  words[text.length >> 2] |= 0x80 << (24 - (text.length % 4) * 8);
  words[words.length - 1] = text.length * 8;
  const state = START.slice();
  for (let block = 0; block < words.length; block += 16) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let at = 0; at < 64; at += 1) {
      if (at < 16) schedule[at] = words[block + at];
      else {
        const x = schedule[at - 15];
        const y = schedule[at - 2];
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        schedule[at] = (schedule[at - 16] + s0 + schedule[at - 7] + s1) | 0;
      }
      const t1 = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7)))
        + ((e & f) ^ (~e & g)) + ROUNDS[at] + schedule[at]) | 0;
      const t2 = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10)))
        + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => { state[at] = (state[at] + word) | 0; });
  }
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

async function solve(puzzle) {
  for (let number = 0; number <= puzzle.maxNumber; number += 1) {
    if (sha256(puzzle.salt + number) === puzzle.challenge) {
      const { algorithm, challenge, salt, signature } = puzzle;
      return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    }
    if (number % TURN === TURN - 1) await new Promise((done) => setTimeout(done));
  }
  return "";
}

for (const box of document.querySelectorAll("[data-captcha]:not([data-begun])")) {
  box.dataset.begun = "yes"; // a page may load this for each of its forms
  const form = box.closest("form");
  const field = form.elements.altcha;
  const told = box.querySelector("[role=status]");
  let work = null;
  const begin = () => {
    work = work || solve(JSON.parse(box.dataset.captcha)).then((answer) => { field.value = answer; });
    return work;
  };
  form.addEventListener("focusin", begin, { once: true });
  form.addEventListener("submit", async (event) => {
    if (field.value) return;
    event.preventDefault();
    const button = event.submitter;
    told.textContent = box.dataset.working;
    await begin();
    told.textContent = "";
    if (field.value) form.requestSubmit(button);
  });
}
})();
