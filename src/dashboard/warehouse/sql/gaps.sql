SELECT dataset, month FROM gap
