"use strict";

// The token lives in this closure and nowhere else: not in a cookie, not in the browser's storage.
(() => {
  const element = (id) => document.getElementById(id);
  const form = element("sign-in");
  const message = element("message");
  let session = null;
  let refreshTimer = 0;
  let registering = false;

  const ui = SwaggerUIBundle({
    url: "/openapi.json",
    domNode: element("api"),
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    persistAuthorization: false,
    tryItOutEnabled: true,
    validatorUrl: null,
    onComplete: authorize,
  });

  function authorize() {
    if (session) {
      ui.preauthorizeApiKey("bearer", session.access_token);
    }
  }

  function say(text, bad) {
    message.textContent = text;
    message.classList.toggle("bad", Boolean(bad));
  }

  async function call(path, body, token) {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    if (token) {
      headers.Authorization = `Bearer ${token}`;
    }
    let response;
    try {
      response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    } catch (failure) {
      throw new Error("The gateway does not answer.", { cause: failure });
    }
    const type = response.headers.get("Content-Type") || "";
    const answer = type.includes("json") ? await response.json() : {};
    if (!response.ok) {
      throw new Error(answer.detail || `The service answered ${response.status}.`);
    }
    return answer;
  }

  function open(answer) {
    session = { ...session, ...answer };
    const end = new Date(Date.now() + session.expires_in * 1000);
    const user = session.user || {};
    const who = element("who");
    who.replaceChildren("Logged in as ");
    const name = document.createElement("b");
    name.textContent = user.username || "you";
    const detail = document.createElement("small");
    detail.textContent = `${(user.roles || []).join(", ")} · token until ${end.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}, renewed by itself`;
    who.append(name, detail);
    form.hidden = true;
    element("signed-in").hidden = false;
    authorize();
    clearTimeout(refreshTimer);
    refreshTimer = setTimeout(refresh, Math.max(5, session.expires_in - 60) * 1000);
  }

  function close(text, bad) {
    session = null;
    clearTimeout(refreshTimer);
    ui.authActions.logout(["bearer"]);
    form.hidden = false;
    element("signed-in").hidden = true;
    say(text, bad);
  }

  async function refresh() {
    try {
      open(await call("/api/v1/auth/refresh", { refresh_token: session.refresh_token }));
    } catch (failure) {
      close(`The token could not be renewed: ${failure.message}`, true);
    }
  }

  function toggleRegister(on) {
    registering = on;
    for (const field of document.querySelectorAll(".only-register")) {
      field.hidden = !on;
    }
    element("email").required = on;
    element("name").parentElement.firstChild.textContent = on ? "User name " : "User name or e-mail ";
    element("password").autocomplete = on ? "new-password" : "current-password";
    element("password").minLength = on ? 12 : 0;
    element("submit").textContent = on ? "Create and log in" : "Log in";
    element("switch").textContent = on ? "I have an account" : "Create an account";
    say(on ? "A password has at least 12 characters." : "");
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const username = element("name").value.trim();
    const password = element("password").value;
    element("submit").disabled = true;
    say(registering ? "Creating the account …" : "Logging in …");
    try {
      if (registering) {
        const email = element("email").value.trim();
        await call("/api/v1/auth/register", { username, email, password, display_name: username });
      }
      open(await call("/api/v1/auth/login", { username, password, client_id: "api-page" }));
      form.reset();
      toggleRegister(false);
    } catch (failure) {
      say(failure.message, true);
    } finally {
      element("submit").disabled = false;
    }
  });

  element("switch").addEventListener("click", () => toggleRegister(!registering));

  element("copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(session.access_token);
      say("The access token is on the clipboard.");
    } catch (failure) {
      say(`The browser did not allow copying: ${failure.message}`, true);
    }
  });

  element("sign-out").addEventListener("click", async () => {
    const { access_token: token, refresh_token: refreshToken } = session;
    try {
      await call("/api/v1/auth/logout", { refresh_token: refreshToken }, token);
      close("Logged out.");
    } catch (failure) {
      close(`Forgotten here, but the service did not confirm the logout: ${failure.message}`, true);
    }
  });
})();
