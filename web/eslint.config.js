import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "node_modules", "package", "*.js", "**/*.d.ts"] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  { files: ["test/**", "screenshots/**", "measure/**", "*.ts"], rules: { "@typescript-eslint/no-non-null-assertion": "off" } },
);
