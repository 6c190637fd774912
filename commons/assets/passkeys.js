// A form with data-passkey asks the browser for a passkey ("get") or to make one ("create"), and sends what comes of it.
// It stays hidden where the browser cannot: every page that has one offers another way.
const can = window.PublicKeyCredential?.parseRequestOptionsFromJSON && PublicKeyCredential.parseCreationOptionsFromJSON;

const options = async (form) => {
  const from = form.dataset.passkeyOptionsFrom;
  const given = from ? await (await fetch(from, { headers: { Accept: "application/json" } })).json() : JSON.parse(form.dataset.passkeyOptions);
  return given.publicKey;
};

const ask = async (form) => {
  const wanted = await options(form);
  const made =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(wanted) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(wanted) });
  return JSON.stringify(made);
};

for (const form of can ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-passkey-said]");
    said.hidden = true;
    try {
      form.elements.credential.value = await ask(form);
    } catch {
      said.hidden = false;
      return;
    }
    form.submit();
  });
}
