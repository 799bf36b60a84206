// Moves in the tree by dragging: what is dropped is sent by the form that does it without a mouse.
const tree = document.querySelector(".tree");
const form = document.getElementById("move");
let dragged = null;

if (tree && form) {
  for (const each of document.querySelectorAll("[data-with-script]")) each.hidden = false;
  for (const each of tree.querySelectorAll("[data-move]")) each.draggable = true;
  tree.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-move]");
    if (!dragged) return;
    event.dataTransfer.setData("text/plain", dragged.dataset.move);
    event.dataTransfer.effectAllowed = "move";
    dragged.classList.add("moved");
  });
  tree.addEventListener("dragend", end);
  tree.addEventListener("dragover", (event) => {
    const into = placeOf(event);
    mark(into);
    if (!into) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
  });
  tree.addEventListener("dragleave", (event) => { if (!tree.contains(event.relatedTarget)) mark(null); });
  tree.addEventListener("drop", (event) => {
    const into = placeOf(event);
    if (!into) return;
    event.preventDefault();
    form.elements.what.value = dragged.dataset.move;
    form.elements.section_id.value = into.dataset.into;
    end();
    form.requestSubmit();
  });
}

/** Find the section that something is dropped into; none within itself, nor where it is already. */
function placeOf(event) {
  const into = dragged && event.target.closest("[data-into]");
  if (!into || dragged.contains(into)) return null;
  return dragged.parentElement.closest("[data-into]") === into ? null : into;
}

function mark(into) {
  for (const each of [tree, ...tree.querySelectorAll(".into")]) each.classList.toggle("into", each === into);
  into?.classList.add("into");
}

function end() {
  dragged?.classList.remove("moved");
  mark(null);
  dragged = null;
}
