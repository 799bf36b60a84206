"""The control plane: domain, actions and the faces over them."""
