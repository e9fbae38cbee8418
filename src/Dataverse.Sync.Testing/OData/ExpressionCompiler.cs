using System.Globalization;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Compiles a parsed expression into a function over rows. A comparison with <see langword="null"/> is
/// <see langword="false"/>, except <c>eq</c> and <c>ne</c>; a predicate over <see langword="null"/> is
/// <see langword="false"/>, so its negation is <see langword="true"/>.
/// </summary>
internal sealed class ExpressionCompiler<TRow>(
    IRowAccessor<TRow> accessor, QueryDialect dialect, IDictionary<string, SingleValueNode> aliases)
    where TRow : class
{
    /// <summary>
    /// Comparisons and predicate functions compiled so far; a list of values counts as one comparison for each.
    /// </summary>
    public int Conditions { get; private set; }

    public Func<RowScope<TRow>, object?> Compile(QueryNode node) => node switch
    {
        ConstantNode { Value: ODataEnumValue member } constant => Constant(MemberName(member, constant)),
        ConstantNode constant => Constant(ScalarValues.FromLiteral(constant.Value)),
        ConvertNode convert => Compile(convert.Source),
        BinaryOperatorNode binary => Binary(binary),
        UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => Not(Compile(not.Operand)),
        SingleValuePropertyAccessNode property => Property(property),
        SingleResourceNode resource => Resource(resource),
        SingleValueFunctionCallNode { Source: null } call => Scalar(call),
        SingleValueFunctionCallNode call => RowBound(call),
        ParameterAliasNode alias => Alias(alias),
        InNode contained => In(contained),
        LambdaNode lambda => Lambda(lambda),
        _ => throw NotSupported($"The expression '{node.Kind}'"),
    };

    private static Func<RowScope<TRow>, object?> Constant(object? value) => _ => value;

    // The parser gives a member of an enumeration by its number; rows hold its name.
    private static string MemberName(ODataEnumValue value, ConstantNode constant)
    {
        // The parser would take a text for a member; the servers want the name of the type before it.
        if (constant.LiteralText.StartsWith('\''))
        {
            throw new ODataQueryException(
                ODataQueryFault.Syntax,
                "A binary operator with incompatible types was detected. "
                + $"Found operand types '{constant.TypeReference.FullName()}' and 'Edm.String' for operator kind 'Equal'.");
        }

        var type = constant.TypeReference.Definition as IEdmEnumType;
        return type?.Members.FirstOrDefault(
            member => member.Value.Value.ToString(CultureInfo.InvariantCulture) == value.Value)?.Name ?? value.Value;
    }

    private static Func<RowScope<TRow>, object?> Not(Func<RowScope<TRow>, object?> operand) =>
        scope => operand(scope) is not true;

    private Func<RowScope<TRow>, object?> Binary(BinaryOperatorNode node)
    {
        var left = Compile(node.Left);
        var right = Compile(node.Right);
        return node.OperatorKind switch
        {
            BinaryOperatorKind.And => scope => left(scope) is true && right(scope) is true,
            BinaryOperatorKind.Or => scope => left(scope) is true || right(scope) is true,
            var comparison => Comparison(comparison, left, right),
        };
    }

    private Func<RowScope<TRow>, object?> Comparison(
        BinaryOperatorKind kind, Func<RowScope<TRow>, object?> left, Func<RowScope<TRow>, object?> right)
    {
        Conditions++;
        return kind switch
        {
            BinaryOperatorKind.Equal => scope => AreEqual(left(scope), right(scope)),
            BinaryOperatorKind.NotEqual => scope => !AreEqual(left(scope), right(scope)),
            BinaryOperatorKind.GreaterThan => Ordered(left, right, order => order > 0),
            BinaryOperatorKind.GreaterThanOrEqual => Ordered(left, right, order => order >= 0),
            BinaryOperatorKind.LessThan => Ordered(left, right, order => order < 0),
            BinaryOperatorKind.LessThanOrEqual => Ordered(left, right, order => order <= 0),
            _ => throw NotSupported($"The operator '{kind}'"),
        };
    }

    // A row (navigation eq null) is only ever compared with null.
    private bool AreEqual(object? left, object? right) =>
        left is null || right is null
            ? left is null && right is null
            : ScalarValues.Compare(left, right, dialect.Strings) == 0;

    private Func<RowScope<TRow>, object?> Ordered(
        Func<RowScope<TRow>, object?> left, Func<RowScope<TRow>, object?> right, Func<int, bool> test) => scope =>
        left(scope) is { } a && right(scope) is { } b && test(ScalarValues.Compare(a, b, dialect.Strings));

    private Func<RowScope<TRow>, object?> Property(SingleValuePropertyAccessNode node)
    {
        var name = node.Property.Name;
        if (node.Source is NonResourceRangeVariableReferenceNode or SingleValueFunctionCallNode)
        {
            throw NotSupported($"The path to '{name}'");
        }

        if (node.Source is SingleComplexNode structure)
        {
            return Member(structure, name);
        }

        var source = Resource(node.Source);
        return scope => source(scope) is { } row ? accessor.Value(row, name) : null;
    }

    // A value inside of a structured property is read by its path.
    private Func<RowScope<TRow>, object?> Member(SingleComplexNode structure, string name)
    {
        var source = Resource(structure.Source);
        var path = $"{structure.Property.Name}/{name}";
        return scope => source(scope) is { } row ? accessor.Value(row, path) : null;
    }

    private Func<RowScope<TRow>, TRow?> Resource(QueryNode node)
    {
        switch (node)
        {
            case ResourceRangeVariableReferenceNode reference:
                return scope => scope[reference.Name];
            case SingleNavigationNode navigation:
                var source = Resource(navigation.Source);
                var name = navigation.NavigationProperty.Name;
                return scope => source(scope) is { } row ? accessor.Related(row, name) : null;
            case SingleResourceCastNode cast:
                return Resource(cast.Source);
            default:
                throw NotSupported($"The path '{node.Kind}'");
        }
    }

    private Func<RowScope<TRow>, object?> Scalar(SingleValueFunctionCallNode node)
    {
        if (!dialect.Functions.TryGetValue(node.Name, out var function))
        {
            throw new ODataQueryException(ODataQueryFault.NotSupported, $"The function '{node.Name}' is not supported.")
            {
                Function = node.Name,
            };
        }

        if (node.TypeReference?.IsBoolean() ?? false)
        {
            Conditions++;
        }

        var arguments = node.Parameters.Select(Compile).ToArray();
        return scope => function(dialect.Strings, Array.ConvertAll(arguments, argument => argument(scope)));
    }

    private Func<RowScope<TRow>, object?> RowBound(SingleValueFunctionCallNode node)
    {
        if (!dialect.RowFunctions.TryGetValue(node.Name, out var function))
        {
            throw NotSupported($"The function '{node.Name}'");
        }

        var arguments = node.Parameters.OfType<NamedFunctionParameterNode>().ToDictionary(
            parameter => parameter.Name, parameter => LiteralOf(parameter.Value), StringComparer.Ordinal);
        Conditions += arguments.Values.OfType<object?[]>().Select(list => list.Length).Append(1).Max();
        var test = function(((SingleResourceNode)node.Source).NavigationSource.EntityType, arguments);
        var source = Resource(node.Source);
        return scope => source(scope) is { } row && test(property => accessor.Value(row, property));
    }

    private object? LiteralOf(QueryNode node) => node switch
    {
        ConstantNode constant => ScalarValues.FromLiteral(constant.Value),
        ConvertNode convert => LiteralOf(convert.Source),
        ParameterAliasNode alias =>
            aliases.TryGetValue(alias.Alias, out var value) && value is not null ? LiteralOf(value) : null,
        _ => throw NotSupported("A function argument that is no literal"),
    };

    private Func<RowScope<TRow>, object?> Alias(ParameterAliasNode node) =>
        aliases.TryGetValue(node.Alias, out var value) && value is not null ? Compile(value) : Constant(null);

    private Func<RowScope<TRow>, object?> In(InNode node)
    {
        if (!dialect.AllowIn || node.Right is not CollectionConstantNode literals)
        {
            throw NotSupported("The operator 'in'");
        }

        var left = Compile(node.Left);
        var values = literals.Collection.Select(literal => ScalarValues.FromLiteral(literal.Value)).ToArray();
        Conditions += values.Length;
        return scope => left(scope) is var value && Array.Exists(values, candidate => AreEqual(value, candidate));
    }

    private Func<RowScope<TRow>, object?> Lambda(LambdaNode node)
    {
        if (node.Source is not CollectionNavigationNode collection)
        {
            throw NotSupported("A lambda over something that is no collection of rows");
        }

        var owner = Resource(collection.Source);
        var body = Compile(node.Body);
        var name = collection.NavigationProperty.Name;
        var variable = node.CurrentRangeVariable?.Name ?? "";
        IEnumerable<object?> Results(RowScope<TRow> scope) => owner(scope) is { } row
            ? accessor.RelatedRows(row, name).Select(item => body(new RowScope<TRow>(variable, item, scope)))
            : [];
        return node is AnyNode
            ? scope => Results(scope).Any(result => result is true)
            : scope => Results(scope).All(result => result is true);
    }

    private static ODataQueryException NotSupported(string what) =>
        new(ODataQueryFault.NotSupported, $"{what} is not supported.");
}
