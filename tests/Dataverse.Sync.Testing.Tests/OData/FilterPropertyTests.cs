using System.Globalization;
using CsCheck;

namespace Dataverse.Sync.Testing.Tests;

/// <summary>
/// Random expressions, written as OData and evaluated by the library, against the same expression written in C#.
/// </summary>
public sealed class FilterPropertyTests
{
    private sealed record Expression(string Text, Func<Pet, bool> Meaning);

    private static readonly Gen<string> Names = Gen.String[Gen.Char["abO'% _"], 0, 4];

    private static readonly Gen<Pet> AnyPet = Gen.Select(
        Names.Null(), Gen.Int[-2, 2].Nullable(), Gen.Int[-300, 300].Nullable(), (name, age, weight) =>
            new Pet { Name = name, Age = age, Weight = weight / 100m });

    private static readonly (string Text, Func<int, bool> Meaning)[] Comparisons =

        [
            ("gt", order => order > 0),
            ("ge", order => order >= 0),
            ("lt", order => order < 0),
            ("le", order => order <= 0),
        ];

    private static readonly Gen<(string Text, Func<int, bool> Meaning)> Operators = Gen.Int[0, 3].Select(
        n => Comparisons[n]);

    private static readonly Gen<Expression> Leaf = Gen.OneOf(
        Gen.Select(Names, name => new Expression(
            $"name eq {Quote(name)}", pet => string.Equals(pet.Name, name, StringComparison.OrdinalIgnoreCase))),
        Gen.Select(Names, name => new Expression(
            $"name ne {Quote(name)}", pet => !string.Equals(pet.Name, name, StringComparison.OrdinalIgnoreCase))),
        Gen.Select(Names, name => new Expression(
            $"contains(name,{Quote(name)})",
            pet => pet.Name?.Contains(name, StringComparison.OrdinalIgnoreCase) ?? false)),
        Gen.Select(Operators, Gen.Int[-2, 2], (op, age) => new Expression(
            $"age {op.Text} {age}", pet => pet.Age is { } value && op.Meaning(value.CompareTo(age)))),
        Gen.Select(Operators, Gen.Int[-300, 300], (op, weight) => new Expression(
            string.Create(CultureInfo.InvariantCulture, $"weight {op.Text} {weight / 100m}"),
            pet => pet.Weight is { } value && op.Meaning(value.CompareTo(weight / 100m)))),
        Gen.Const(new Expression("age eq null", pet => pet.Age is null)));

    private static readonly Gen<Expression> Any = Gen.Recursive<Expression>((depth, inner) => depth > 4
        ? Leaf
        : Gen.OneOf(
            Leaf,
            Gen.Select(
                inner, inner,
                (left, right) => new Expression(
                    $"({left.Text} and {right.Text})", pet => left.Meaning(pet) && right.Meaning(pet))),
            Gen.Select(
                inner, inner,
                (left, right) => new Expression(
                    $"({left.Text} or {right.Text})", pet => left.Meaning(pet) || right.Meaning(pet))),
            inner.Select(operand => new Expression($"not ({operand.Text})", pet => !operand.Meaning(pet)))));

    [Fact]
    public void Evaluation_agrees_with_the_meaning_of_the_expression() =>
        Gen.Select(Any, AnyPet.Array[8]).Sample((expression, pets) =>
            Pets.Find(pets, expression.Text).SequenceEqual(pets.Where(expression.Meaning)));

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
