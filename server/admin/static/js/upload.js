// Uploads by dropping files: each is sent by itself, with its progress; the plain form works too.
const zone = document.querySelector("[data-drop]");
const form = zone.closest("form");
const input = zone.querySelector("input[type=file]");
const list = document.querySelector("[data-uploads]");
const most = Number(zone.dataset.most);

for (const each of zone.querySelectorAll("[data-with-script]")) each.hidden = false;
input.multiple = true;
form.elements.path.required = false;

zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
zone.addEventListener("dragleave", () => zone.classList.remove("over"));
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  zone.classList.remove("over");
  sendAll([...event.dataTransfer.files]);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  sendAll([...input.files]);
});

async function sendAll(files) {
  for (const file of files) await sendOne(file, pathOf(file, files.length));
  input.value = "";
}

/** Take the path that was typed for one file; for several, and for a folder, put the name behind it. */
function pathOf(file, count) {
  const typed = form.elements.path.value.trim().replace(/\/+$/, "");
  const isFolder = count > 1 || !/\.[^/.]+$/.test(typed);
  const name = file.name.replace(/[^\w.-]+/g, "-");
  return isFolder ? `${typed}/${name}` : typed;
}

function sendOne(file, path) {
  const row = document.createElement("li");
  const label = document.createElement("span");
  label.textContent = `${path} …`;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `Upload of ${path}`);
  row.append(label, bar);
  list.append(row);
  if (file.size > most) return Promise.resolve(tell(row, `${path}: too large, at most ${most / 1048576} MiB.`));
  const body = new FormData();
  for (const name of ["csrf", "section_id"]) body.set(name, form.elements[name].value);
  body.set("downloadable", form.querySelector("input[name=downloadable][type=checkbox]").checked ? "yes" : "no");
  body.set("path", path);
  body.set("attachment", file);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total; });
    request.addEventListener("loadend", () => {
      const answer = request.response;
      if (request.status === 200 && answer) {
        const link = document.createElement("a");
        link.href = form.action.replace(/\/portal\/files$/, answer.href);
        link.textContent = answer.path;
        const note = document.createElement("span");
        note.append(link, " is stored.");
        row.replaceChildren(note);
      } else {
        tell(row, `${path}: ${answer?.message ?? "it could not be sent. Try again."}`);
      }
      done();
    });
    request.send(body);
  });
}

function tell(row, text) {
  const note = document.createElement("p");
  note.className = "error";
  note.textContent = text;
  row.replaceChildren(note);
}
