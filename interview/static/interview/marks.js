// Which words of the answer a key point rests on: those of the point under the pointer, or with the focus, stand out.

function light({ target }) {
  const point = target.closest("[data-point]")?.dataset.point;
  for (const mark of document.querySelectorAll("mark[data-points]"))
    mark.classList.toggle("lit", mark.dataset.points.split(" ").includes(point));
}

document.addEventListener("mouseover", light);
document.addEventListener("focusin", light);
