export function copyOfTree(): string;
