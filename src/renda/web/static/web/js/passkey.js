/* Passkeys: asks the browser and hands its answer to the server. Without this script, or without a device, passwords and codes remain. */
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(text.length / 4) * 4, "=")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const token = (form) => form.querySelector("[name=csrfmiddlewaretoken]").value;
  const post = (address, form, values = {}) =>
    fetch(address, { method: "POST", headers: { "X-CSRFToken": token(form) }, body: new URLSearchParams(values), credentials: "same-origin" });
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const say = (form, words) => {
    const place = form.querySelector("[data-passkey-fault]");
    place.textContent = words;
    place.hidden = false;
  };

  const asked = async (form) => {
    const answer = await post(form.dataset.options, form);
    if (answer.redirected) { location.assign(answer.url); return null; }
    const options = await answer.json();
    if (options.fault) { say(form, options.fault); return null; }
    return options;
  };

  const add = async (form) => {
    const options = await asked(form);
    if (!options) return;
    const made = await navigator.credentials.create({ publicKey: {
      ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: known(options.excludeCredentials),
    } });
    form.querySelector("[name=answer]").value = JSON.stringify({
      id: made.id, rawId: text(made.rawId), type: made.type,
      response: {
        clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    });
    form.submit();
  };

  const prove = async (form) => {
    const options = await asked(form);
    if (!options) return;
    const got = await navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) } });
    const answer = JSON.stringify({
      id: got.id, rawId: text(got.rawId), type: got.type,
      response: {
        clientDataJSON: text(got.response.clientDataJSON), authenticatorData: text(got.response.authenticatorData),
        signature: text(got.response.signature), userHandle: got.response.userHandle ? text(got.response.userHandle) : null,
      },
    });
    const next = form.querySelector("[name=next]");
    const said = await (await post(form.action, form, { answer, next: next ? next.value : "" })).json();
    if (said.next) location.assign(said.next); else say(form, said.fault);
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      (form.dataset.passkey === "add" ? add : prove)(form).catch(() => say(form, form.dataset.cancelled));
    });
  }
})();
