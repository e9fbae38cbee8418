namespace Dataverse.Sync;

/// <summary>Transforms the values of a field on their way to the other side. Business Central: Transformation Rule.</summary>
/// <remarks>
/// <para>Rules are chained per direction: each receives the result of the one before, and the last result is converted to
/// the type of the target field. A text that a chain returns is read as a date, an instant, a number, or a boolean if the
/// target is one, in the form of <see cref="FieldValue.ToString"/>.</para>
/// <para>Implementations must be pure, deterministic, and safe for concurrent use, and must not depend on the culture or
/// the time zone of the machine. They are called with blanks as well.</para>
/// </remarks>
public interface ITransformationRule
{
    /// <summary>The name of the rule for messages: its kind, or the name that it was given.</summary>
    string Name { get; }

    /// <summary>What the rule loses.</summary>
    TransformationLoss Loss { get; }

    /// <summary>
    /// The rule that leads back, or null if there is none. It must exist if <see cref="Loss"/> is
    /// <see cref="TransformationLoss.None"/>.
    /// </summary>
    /// <value>The default is null.</value>
    /// <remarks>The engine does not apply it by itself. Add it to the chain of the other direction.</remarks>
    ITransformationRule? Inverse => null;

    /// <summary>Transforms a value.</summary>
    /// <param name="value">The value, possibly blank. The value of a choice is its label.</param>
    /// <returns>The result, possibly blank and possibly of another kind.</returns>
    /// <exception cref="FormatException">
    /// The value cannot be transformed. The record fails with <see cref="SyncErrorCodes.ValueNotConvertible"/>.
    /// </exception>
    FieldValue Apply(FieldValue value);

    /// <summary>Finds mistakes in the settings of the rule, such as a pattern that cannot be read.</summary>
    /// <returns>
    /// One phrase for each mistake, such as "its length is negative". A mapping with such a rule is refused. The default
    /// implementation finds none.
    /// </returns>
    IEnumerable<string> FindProblems() => [];
}
