namespace Dataverse.Sync.Simulation;

/// <summary>A converter of an application that fails for some values.</summary>
internal sealed class PoisonedNote : IFieldConverter
{
    public const string Mark = "!";

    public static bool IsIn(FieldValue value) => value.Kind == FieldValueKind.Text && value.AsText().EndsWith(Mark, StringComparison.Ordinal);

    public FieldValue ToIntegration(FieldValue value) => IsIn(value) ? throw new ArithmeticException("The application did not expect this value.") : value;

    public FieldValue ToLocal(FieldValue value) => value;
}
