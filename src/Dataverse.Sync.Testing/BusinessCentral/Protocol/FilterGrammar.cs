using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The subset of OData filters that Business Central accepts. It removes comparisons with <see langword="null"/> and
/// refuses <c>or</c> over different properties and everything else that is not a comparison of one property with a
/// literal.
/// </summary>
internal sealed class FilterGrammar(PageSchema page, BusinessCentralEmulatorOptions options, bool isSchemaVersion21)
{
    /// <summary>Removes what Business Central ignores.</summary>
    /// <returns>The filter to evaluate, or <see langword="null"/> if nothing remains.</returns>
    /// <exception cref="BusinessCentralException">The filter is refused.</exception>
    public FilterClause? Reduce(FilterClause? clause)
    {
        if (clause is null)
        {
            return null;
        }

        var expression = Reduce(clause.Expression);
        return expression is null ? null : new FilterClause(expression, clause.RangeVariable);
    }

    private SingleValueNode? Reduce(SingleValueNode node)
    {
        switch (node)
        {
            case ConvertNode convert:
                return Reduce(convert.Source);
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or } logical:
                return Combine(logical);
            case BinaryOperatorNode comparison when IsComparison(comparison.OperatorKind):
                return Compare(comparison);
            case UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not when options.SupportsNot:
                return Reduce(not.Operand) is { } operand
                    ? new UnaryOperatorNode(UnaryOperatorKind.Not, operand)
                    : null;
            case SingleValueFunctionCallNode call:
                CheckOperand(call);
                return call;
            case InNode { Left: SingleValuePropertyAccessNode property } contained when isSchemaVersion21:
                CheckProperty(property.Property.Name);
                CheckLiterals(property, contained.Right);
                return node;
            case LambdaNode:
                throw Errors.BadRequest("The operators any and all are not supported on an OData filter.");
            case InNode:
                throw Errors.NotImplemented("The IN operator is not supported on an OData filter.");
            default:
                throw Errors.NotImplemented("The expression is not supported on an OData filter.");
        }
    }

    private static BinaryOperatorNode Join(BinaryOperatorNode node, SingleValueNode left, SingleValueNode right)
    {
        if (node.OperatorKind == BinaryOperatorKind.Or
            && Properties(left).Concat(Properties(right)).Distinct(StringComparer.Ordinal).Skip(1).Any())
        {
            throw Errors.NotImplemented("The 'OR' operator is not supported on distinct fields on an OData filter.");
        }

        return new BinaryOperatorNode(node.OperatorKind, left, right);
    }

    private SingleValueNode? Combine(BinaryOperatorNode node) => (Reduce(node.Left), Reduce(node.Right)) switch
    {
        (null, var right) => right,
        (var left, null) => left,
        var (left, right) => Join(node, left, right),
    };

    private BinaryOperatorNode? Compare(BinaryOperatorNode node)
    {
        var (left, right) = (Bare(node.Left), Bare(node.Right));
        if (left is ConstantNode == right is ConstantNode)
        {
            throw Errors.NotImplemented("Only the comparison of a field with a value is supported on an OData filter.");
        }

        var (operand, literal) = left is ConstantNode ? (right, (ConstantNode)left) : (left, (ConstantNode)right);
        CheckOperand(operand);
        CheckLiterals(operand, literal);
        return literal.Value is null ? null : node;
    }

    // A text must name a member of an enum, escaped or not, and fit into a column.
    private void CheckLiterals(SingleValueNode operand, QueryNode literals)
    {
        if (operand is not SingleValuePropertyAccessNode property)
        {
            return;
        }

        var field = page.Fields[page.Ordinal(property.Property.Name)];
        foreach (var text in Literals(literals))
        {
            if (field.Members.Count > 0
                && !field.Members.Any(member => member == text || EnumNames.Decode(member) == text))
            {
                throw Errors.BadRequest($"The string '{text}' is not a valid enumeration type constant.");
            }

            if (!field.IsPageVariable && field.MaxLength is { } limit && text.Length > limit)
            {
                throw Errors.FilterTooLong(text, limit, field.Caption, page.Caption);
            }
        }
    }

    private static IEnumerable<string> Literals(QueryNode node) => node switch
    {
        ConstantNode { Value: string name } => [name],
        CollectionConstantNode collection => collection.Collection.Select(item => item.Value).OfType<string>(),
        _ => [],
    };

    private void CheckOperand(SingleValueNode node)
    {
        switch (Bare(node))
        {
            case SingleValuePropertyAccessNode { Source: ResourceRangeVariableReferenceNode } property:
                CheckProperty(property.Property.Name);
                break;
            case SingleValueFunctionCallNode call:
                CheckCall(call);
                break;
            default:
                throw Errors.NotImplemented("The expression is not supported on an OData filter.");
        }
    }

    private void CheckCall(SingleValueFunctionCallNode call)
    {
        var operands = call.Parameters.OfType<SingleValueNode>().Select(Bare)
            .Where(parameter => parameter is not ConstantNode).ToArray();
        if (!isSchemaVersion21 && operands.Any(operand => operand is SingleValueFunctionCallNode))
        {
            throw Errors.NotImplemented("Nested functions are not supported on an OData filter.");
        }

        foreach (var operand in operands)
        {
            CheckOperand(operand);
        }
    }

    private void CheckProperty(string name)
    {
        var field = page.Fields[page.Ordinal(name)];
        if (field.Type == BusinessCentralFieldType.Stream || (field.Type == BusinessCentralFieldType.Enum && !options.FiltersEnums)
            || (field.IsPageVariable && !options.FiltersPageVariables))
        {
            throw Errors.BadRequest($"The property '{name}' cannot be used in the query option $filter.");
        }
    }

    private static SingleValueNode Bare(SingleValueNode node) =>
        node is ConvertNode convert ? Bare(convert.Source) : node;

    private static bool IsComparison(BinaryOperatorKind kind) =>
        kind is BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual
            or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual
            or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual;

    private static IEnumerable<string> Properties(QueryNode node) => node switch
    {
        SingleValuePropertyAccessNode property => [property.Property.Name],
        BinaryOperatorNode binary => Properties(binary.Left).Concat(Properties(binary.Right)),
        UnaryOperatorNode unary => Properties(unary.Operand),
        ConvertNode convert => Properties(convert.Source),
        SingleValueFunctionCallNode call => call.Parameters.SelectMany(Properties),
        InNode contained => Properties(contained.Left),
        _ => [],
    };
}
