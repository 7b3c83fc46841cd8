// What happens in the chat comes out as events.
document.addEventListener("heliograph-unread", ({ detail: { unread } }) => {
  document.getElementById("unread").textContent = unread > 0 ? `${unread} unread` : "";
});
